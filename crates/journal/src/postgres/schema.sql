-- Run by the owner in one transaction. The same tables as in SQLite, in a schema of their own. Text is kept as it was written, and
-- compared byte by byte.
CREATE SCHEMA mimamori;

-- The newest version is that of the store; a migration adds a row.
CREATE TABLE mimamori.format (
    version BIGINT PRIMARY KEY,
    since   TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE mimamori.entry (
    position BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    chain    TEXT COLLATE "C" NOT NULL,
    sequence BIGINT NOT NULL CHECK (sequence >= 1),
    recorded TEXT   NOT NULL,
    zone     TEXT   NOT NULL,
    received TEXT,
    actor    TEXT   NOT NULL,
    role     TEXT   NOT NULL,
    reason   TEXT,
    command  TEXT   NOT NULL,
    kind     TEXT   NOT NULL,
    version  BIGINT NOT NULL,
    body     TEXT   NOT NULL,
    blobs    BYTEA  NOT NULL,
    previous BYTEA  NOT NULL,
    hash     BYTEA  NOT NULL,
    CONSTRAINT entry_place UNIQUE (chain, sequence)
);

CREATE TABLE mimamori.blob (
    position BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
    address  BYTEA PRIMARY KEY,
    salt     BYTEA NOT NULL,
    bytes    BYTEA NOT NULL
);

-- A lawful erasure, ordered by an entry that names the blob: the row stays, the blob goes.
CREATE TABLE mimamori.erasure (
    position BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
    address  BYTEA PRIMARY KEY,
    chain    TEXT COLLATE "C" NOT NULL,
    sequence BIGINT NOT NULL,
    FOREIGN KEY (chain, sequence) REFERENCES mimamori.entry (chain, sequence)
);

CREATE FUNCTION mimamori.never() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% is never changed or deleted: % was refused', TG_TABLE_NAME, TG_OP;
END $$;

CREATE FUNCTION mimamori.only_by_erasure() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM mimamori.erasure WHERE erasure.address = OLD.address) THEN
        RAISE EXCEPTION 'a blob goes only by a recorded erasure';
    END IF;
    RETURN OLD;
END $$;

CREATE FUNCTION mimamori.only_ordered() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM mimamori.entry WHERE entry.chain = NEW.chain AND entry.sequence = NEW.sequence
                   AND entry.kind = 'blob-erased' AND position(NEW.address IN entry.blobs) > 0) THEN
        RAISE EXCEPTION 'a blob goes only by an entry that says so';
    END IF;
    RETURN NEW;
END $$;

-- With the owner's rights: the server's role may delete nothing.
CREATE FUNCTION mimamori.erase() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM mimamori.blob WHERE blob.address = NEW.address;
    RETURN NULL;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA mimamori FROM PUBLIC;

CREATE TRIGGER format_never_changes BEFORE UPDATE OR DELETE OR TRUNCATE ON mimamori.format
    FOR EACH STATEMENT EXECUTE FUNCTION mimamori.never();
CREATE TRIGGER entry_never_changes BEFORE UPDATE OR DELETE OR TRUNCATE ON mimamori.entry
    FOR EACH STATEMENT EXECUTE FUNCTION mimamori.never();
CREATE TRIGGER erasure_never_changes BEFORE UPDATE OR DELETE OR TRUNCATE ON mimamori.erasure
    FOR EACH STATEMENT EXECUTE FUNCTION mimamori.never();
CREATE TRIGGER blob_never_changes BEFORE UPDATE OR TRUNCATE ON mimamori.blob
    FOR EACH STATEMENT EXECUTE FUNCTION mimamori.never();
CREATE TRIGGER blob_goes_by_erasure BEFORE DELETE ON mimamori.blob
    FOR EACH ROW EXECUTE FUNCTION mimamori.only_by_erasure();
CREATE TRIGGER erasure_is_ordered BEFORE INSERT ON mimamori.erasure
    FOR EACH ROW EXECUTE FUNCTION mimamori.only_ordered();
CREATE TRIGGER erasure_erases AFTER INSERT ON mimamori.erasure
    FOR EACH ROW EXECUTE FUNCTION mimamori.erase();

-- Also in a session that plays a replica (session_replication_role).
ALTER TABLE mimamori.format  ENABLE ALWAYS TRIGGER format_never_changes;
ALTER TABLE mimamori.entry   ENABLE ALWAYS TRIGGER entry_never_changes;
ALTER TABLE mimamori.erasure ENABLE ALWAYS TRIGGER erasure_never_changes;
ALTER TABLE mimamori.blob    ENABLE ALWAYS TRIGGER blob_never_changes;
ALTER TABLE mimamori.blob    ENABLE ALWAYS TRIGGER blob_goes_by_erasure;
ALTER TABLE mimamori.erasure ENABLE ALWAYS TRIGGER erasure_is_ordered;
ALTER TABLE mimamori.erasure ENABLE ALWAYS TRIGGER erasure_erases;
