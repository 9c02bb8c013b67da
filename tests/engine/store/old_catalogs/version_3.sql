-- A catalog as version 3 wrote it. Never edited; a newer version gets a file of its own.

CREATE TABLE identity (library_id TEXT NOT NULL);
INSERT INTO identity VALUES ('00112233445566778899aabbccddeeff');
CREATE TABLE roots (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    scanned_at_s REAL
);
CREATE TABLE pictures (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    root_id INTEGER NOT NULL REFERENCES roots (id) ON DELETE CASCADE,
    path TEXT NOT NULL UNIQUE,
    size_bytes INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    width_px INTEGER NOT NULL,
    height_px INTEGER NOT NULL,
    format TEXT NOT NULL,
    taken_at_s REAL,
    date_s REAL NOT NULL,
    fingerprint BLOB NOT NULL
, content_hash BLOB, missing_since_s REAL);
CREATE INDEX pictures_by_root ON pictures (root_id);
CREATE INDEX pictures_by_date ON pictures (date_s, id);
CREATE INDEX pictures_by_content ON pictures (size_bytes, fingerprint);
CREATE INDEX pictures_missing ON pictures (root_id) WHERE missing_since_s IS NOT NULL;
CREATE TABLE mounts (
    path TEXT PRIMARY KEY,
    root_id INTEGER NOT NULL REFERENCES roots (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE models (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    dim INTEGER NOT NULL,
    revision INTEGER NOT NULL DEFAULT 0
, folder TEXT);
CREATE TABLE vectors (
    id INTEGER PRIMARY KEY,
    model_id INTEGER NOT NULL REFERENCES models (id) ON DELETE CASCADE,
    picture_id INTEGER NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    data BLOB NOT NULL,
    UNIQUE (picture_id, model_id)
);
CREATE INDEX vectors_by_revision ON vectors (model_id, revision, picture_id);
CREATE TABLE skips (
    path TEXT PRIMARY KEY,
    root_id INTEGER NOT NULL REFERENCES roots (id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    kind TEXT NOT NULL,
    size_bytes INTEGER,
    mtime_ns INTEGER
, strikes INTEGER NOT NULL DEFAULT 0, at_s REAL) WITHOUT ROWID;
CREATE INDEX skips_by_root ON skips (root_id);
CREATE TABLE choice (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    in_use TEXT,
    next TEXT
);

INSERT INTO roots VALUES (1, '/photos', 'folder', 1700000000.5);
INSERT INTO roots VALUES (2, '/one.png', 'file', NULL);
INSERT INTO pictures (id, root_id, path, size_bytes, mtime_ns, width_px, height_px, format, taken_at_s, date_s, fingerprint)
VALUES (3, 1, '/photos/ü.jpg', 1234, 1600000000500000000, 4000, 3000, 'JPEG', NULL, 1600000000.5, x'0102');
INSERT INTO pictures (id, root_id, path, size_bytes, mtime_ns, width_px, height_px, format, taken_at_s, date_s, fingerprint)
VALUES (7, 2, '/one.png', 99, 1500000000000000000, 10, 20, 'PNG', 1650000000.25, 1650000000.25, x'ff');
INSERT INTO mounts VALUES ('/photos/card', 1);
INSERT INTO choice VALUES (1, 'a', 'b');
INSERT INTO models VALUES (1, 'key-a', 'Model A', 4, 6, 'a');
INSERT INTO models VALUES (2, 'key-b', 'Model B', 4, 2, NULL);
INSERT INTO vectors VALUES (1, 1, 3, 5, x'003c000000000000');
INSERT INTO vectors VALUES (2, 1, 7, 6, x'0038003800380038');
INSERT INTO vectors VALUES (3, 2, 3, 2, x'0038003800380038');
INSERT INTO skips VALUES ('/photos/bad.jpg', 1, 'It is cut off.', 'damaged', 5, 6, 0, 1700000000.25);
INSERT INTO skips VALUES ('/photos/notes.txt', 1, 'It is no picture.', 'not_a_picture', NULL, NULL, 0, NULL);

PRAGMA application_id = 1229804363;
PRAGMA user_version = 3;
