-- What the role of a server may do: read all, add what is recorded. Not the place in the order of the table, which PostgreSQL gives.
GRANT USAGE ON SCHEMA mimamori TO {role};
GRANT SELECT ON mimamori.format, mimamori.entry, mimamori.blob, mimamori.erasure TO {role};
GRANT INSERT (chain, sequence, recorded, zone, received, actor, role, reason, command, kind, version, body, blobs, previous, hash)
    ON mimamori.entry TO {role};
GRANT INSERT (address, salt, bytes) ON mimamori.blob TO {role};
GRANT INSERT (address, chain, sequence) ON mimamori.erasure TO {role};
