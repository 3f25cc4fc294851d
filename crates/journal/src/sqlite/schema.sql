-- One append-only table, and the blobs beside it. Bytes of text are compared as they are.
CREATE TABLE entry (
    chain    TEXT    NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence >= 1),
    recorded TEXT    NOT NULL,
    zone     TEXT    NOT NULL,
    received TEXT,
    actor    TEXT    NOT NULL,
    role     TEXT    NOT NULL,
    reason   TEXT,
    command  TEXT    NOT NULL,
    kind     TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    body     TEXT    NOT NULL,
    blobs    BLOB    NOT NULL,
    previous BLOB    NOT NULL,
    hash     BLOB    NOT NULL,
    UNIQUE (chain, sequence)
) STRICT;

CREATE TABLE blob (
    address BLOB PRIMARY KEY,
    salt    BLOB NOT NULL,
    bytes   BLOB NOT NULL
) STRICT;

-- A lawful erasure, ordered by an entry that names the blob: the row stays, the blob goes.
CREATE TABLE erasure (
    address  BLOB PRIMARY KEY,
    chain    TEXT    NOT NULL,
    sequence INTEGER NOT NULL,
    FOREIGN KEY (chain, sequence) REFERENCES entry (chain, sequence)
) STRICT;

CREATE TRIGGER entry_never_changes   BEFORE UPDATE ON entry   BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entry_never_goes      BEFORE DELETE ON entry   BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;
CREATE TRIGGER blob_never_changes    BEFORE UPDATE ON blob    BEGIN SELECT RAISE(ABORT, 'blobs are never changed'); END;
CREATE TRIGGER blob_goes_by_erasure  BEFORE DELETE ON blob
    WHEN NOT EXISTS (SELECT 1 FROM erasure WHERE erasure.address = OLD.address)
    BEGIN SELECT RAISE(ABORT, 'a blob goes only by a recorded erasure'); END;
CREATE TRIGGER erasure_is_ordered    BEFORE INSERT ON erasure
    WHEN NOT EXISTS (SELECT 1 FROM entry WHERE chain = NEW.chain AND sequence = NEW.sequence AND kind = 'blob-erased'
                     AND instr(blobs, NEW.address) > 0)
    BEGIN SELECT RAISE(ABORT, 'a blob goes only by an entry that says so'); END;
CREATE TRIGGER erasure_never_changes BEFORE UPDATE ON erasure BEGIN SELECT RAISE(ABORT, 'erasures are never changed'); END;
CREATE TRIGGER erasure_never_goes    BEFORE DELETE ON erasure BEGIN SELECT RAISE(ABORT, 'erasures are never deleted'); END;
CREATE TRIGGER erasure_erases        AFTER INSERT ON erasure  BEGIN DELETE FROM blob WHERE address = NEW.address; END;

-- REPLACE deletes without asking the triggers for DELETE.
CREATE TRIGGER entry_never_replaced   BEFORE INSERT ON entry
    WHEN EXISTS (SELECT 1 FROM entry WHERE (chain = NEW.chain AND sequence = NEW.sequence) OR rowid = NEW.rowid)
    BEGIN SELECT RAISE(ABORT, 'the place is taken'); END;
CREATE TRIGGER blob_never_replaced    BEFORE INSERT ON blob
    WHEN EXISTS (SELECT 1 FROM blob WHERE address = NEW.address OR rowid = NEW.rowid)
    BEGIN SELECT RAISE(IGNORE); END;
CREATE TRIGGER erasure_never_replaced BEFORE INSERT ON erasure
    WHEN EXISTS (SELECT 1 FROM erasure WHERE address = NEW.address OR rowid = NEW.rowid)
    BEGIN SELECT RAISE(IGNORE); END;
