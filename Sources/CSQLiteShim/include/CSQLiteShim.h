// What Swift cannot call of SQLite's C interface: variadic functions, and function pointers inside structs.
#ifndef CSQLITESHIM_H
#define CSQLITESHIM_H

struct sqlite3;

/// Keeps the connection from running a WAL checkpoint when it closes (SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE).
int because_sqlite_never_checkpoint_on_close(struct sqlite3 *db);

/// Syncs the WAL file and the database file that the connection has open. Opening them anew for that would not do:
/// closing any descriptor of a file drops every POSIX lock that the process holds on it, SQLite's too.
int because_sqlite_sync(struct sqlite3 *db);

/// Reads bytes of the database file itself, past the cache, through the descriptor that the connection has open.
int because_sqlite_read_file(struct sqlite3 *db, void *bytes, int count, long long offset);

/// Writes zeros into the database file itself, past the cache and the WAL.
int because_sqlite_clear_file(struct sqlite3 *db, int count, long long offset);

#endif
