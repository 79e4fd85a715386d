#include "CSQLiteShim.h"

#include <sqlite3.h>
#include <stddef.h>

int because_sqlite_never_checkpoint_on_close(sqlite3 *db) {
    return sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

int because_sqlite_sync(sqlite3 *db) {
    // In WAL mode the journal is the WAL file.
    const int files[] = {SQLITE_FCNTL_JOURNAL_POINTER, SQLITE_FCNTL_FILE_POINTER};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        sqlite3_file *file = NULL;
        int code = sqlite3_file_control(db, "main", files[i], &file);
        if (code != SQLITE_OK) return code;
        if (file == NULL || file->pMethods == NULL) continue;
        code = file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
        if (code != SQLITE_OK) return code;
    }
    return SQLITE_OK;
}

static int database_file(sqlite3 *db, sqlite3_file **file) {
    int code = sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, file);
    if (code != SQLITE_OK) return code;
    return *file == NULL || (*file)->pMethods == NULL ? SQLITE_MISUSE : SQLITE_OK;
}

int because_sqlite_read_file(sqlite3 *db, void *bytes, int count, long long offset) {
    sqlite3_file *file = NULL;
    int code = database_file(db, &file);
    return code != SQLITE_OK ? code : file->pMethods->xRead(file, bytes, count, offset);
}

int because_sqlite_clear_file(sqlite3 *db, int count, long long offset) {
    static const char zeros[4096];
    sqlite3_file *file = NULL;
    int code = database_file(db, &file);
    while (code == SQLITE_OK && count > 0) {
        int step = count < (int)sizeof zeros ? count : (int)sizeof zeros;
        code = file->pMethods->xWrite(file, zeros, step, offset);
        count -= step;
        offset += step;
    }
    return code;
}
