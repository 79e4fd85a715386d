import Glibc

/// System calls on files, with their errors as those of a store.
enum SystemFile {
    /// What the last system call that failed means for the file at `path`.
    static func error(_ path: String, _ code: Int32 = errno) -> StoreError {
        let detail = String(cString: strerror(code))
        switch code {
        case ENOSPC, EDQUOT, EFBIG: return .full(detail: "\(path): \(detail)")
        case EACCES, EPERM, EROFS: return .readOnly(path: path, detail: detail)
        case EEXIST, ENOTEMPTY: return .alreadyExists(path: path)
        default: return .io(detail: "\(path): \(detail)")
        }
    }

    /// The first `limit` bytes of a file, or `nil` where there is none. `folder` is where relative paths begin.
    static func read(
        _ path: String, in folder: Int32 = AT_FDCWD, limit: Int = .max
    ) throws(StoreError) -> [UInt8]? {
        let file = openat(folder, path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw error(path)
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw error(path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .io(detail: "\(path) is not a file") }
        var bytes = [UInt8](repeating: 0, count: min(limit, Int(status.st_size)))
        var count = 0
        while count < bytes.count {
            let read = bytes.withUnsafeMutableBytes { buffer in
                pread(file, buffer.baseAddress.map { $0 + count }, buffer.count - count, off_t(count))
            }
            if read < 0 && errno == EINTR { continue }
            guard read >= 0 else { throw error(path) }
            if read == 0 { break }
            count += read
        }
        return Array(bytes[..<count])
    }

    /// Writes all of `bytes`.
    static func write(_ bytes: [UInt8], to file: Int32, path: String) throws(StoreError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw error(path) }
            rest = rest.dropFirst(count)
        }
    }

    /// Makes a file that holds `bytes` where none is, durable.
    static func create(_ bytes: [UInt8], at path: String, mode: mode_t = 0o644) throws(StoreError) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard file >= 0 else { throw error(path) }
        defer { close(file) }
        try write(bytes, to: file, path: path)
        guard fsync(file) == 0 else { throw error(path) }
    }

    /// Copies a file of any size to where none is, durable. `false` where there is no file to copy.
    static func copy(_ path: String, to copy: String, mode: mode_t = 0o644) throws(StoreError) -> Bool {
        let source = open(path, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else {
            if errno == ENOENT { return false }
            throw error(path)
        }
        defer { close(source) }
        let file = open(copy, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard file >= 0 else { throw error(copy) }
        defer { close(file) }
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = Glibc.read(source, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw error(path) }
            if count == 0 { break }
            try write(Array(chunk[..<count]), to: file, path: copy)
        }
        guard fsync(file) == 0 else { throw error(copy) }
        return true
    }

    /// What tells the file or folder at `path` from every other that is there: device and number.
    static func identity(_ path: String) throws(StoreError) -> [UInt64] {
        var status = stat()
        guard stat(path, &status) == 0 else { throw error(path) }
        return [UInt64(status.st_dev), UInt64(status.st_ino)]
    }

    /// Makes the names in a folder durable.
    static func syncFolder(_ path: String, in folder: Int32 = AT_FDCWD) throws(StoreError) {
        let descriptor = openat(folder, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw error(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw error(path) }
    }

    /// The folder in which `path` lies.
    static func parent(_ path: String) -> String {
        let trimmed = path.reversed().drop { $0 == "/" }
        let parent = String(trimmed.drop { $0 != "/" }.drop { $0 == "/" }.reversed())
        return parent.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : parent
    }

    /// The names in a folder, sorted, and which of them are folders, to which links do not count: they could lead in a
    /// circle. Empty where the folder is not there.
    static func names(in path: String) throws(StoreError) -> [(name: String, isFolder: Bool)] {
        guard let folder = opendir(path) else {
            if errno == ENOENT || errno == ENOTDIR { return [] }
            throw error(path)
        }
        defer { closedir(folder) }
        var names: [(name: String, isFolder: Bool)] = []
        errno = 0
        while let entry = readdir(folder) {
            // The name is an array at the end of a record of variable length.
            let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
            let name = String(cString: UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self))
            if name != "." && name != ".." {
                var status = stat()
                let isThere = fstatat(dirfd(folder), name, &status, AT_SYMLINK_NOFOLLOW) == 0
                names.append((name, isThere && status.st_mode & S_IFMT == S_IFDIR))
            }
            errno = 0
        }
        guard errno == 0 else { throw error(path) }
        return names.sorted { $0.name < $1.name }
    }
}
