import Glibc

/// A folder that static servers give out (C2SP tlog-tiles). Files appear in it complete and durable, and stay as they are;
/// only `checkpoint` is ever replaced.
final class PublishingFolder {
    static let checkpointName = "checkpoint"
    /// Where a file lies until it gets its name. Nobody asks for it, and an interrupted run leaves at most this one.
    static let draftName = ".new"

    let path: String
    /// `nil` while the folder is not there.
    private var descriptor: Int32?
    /// Called before each step that changes the folder: a test ends the run there.
    private let step: () throws -> Void
    /// Folders with names that may not be durable yet.
    private var unsynced: Set<String> = []

    /// Opens the folder, if it is there, and holds it against other publishers.
    init(_ path: String, step: @escaping () throws -> Void = {}) throws {
        self.path = path
        self.step = step
        try open()
    }

    deinit { if let descriptor { close(descriptor) } }

    private func open() throws {
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return }
            throw SystemFile.error(path)
        }
        // The lock is on the folder itself, so that no file of ours lies among those that are given out.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            if code == EWOULDBLOCK { throw PublishingError.heldByAnotherProcess(folder: path) }
            throw SystemFile.error(path, code)
        }
        self.descriptor = descriptor
    }

    /// Makes the folder where it is not there yet.
    func create() throws {
        guard descriptor == nil else { return }
        try step()
        guard mkdir(path, 0o755) == 0 else {
            if errno == EEXIST { throw PublishingError.heldByAnotherProcess(folder: path) }
            throw SystemFile.error(path)
        }
        try SystemFile.syncFolder(SystemFile.parent(path))
        try open()
    }

    private func descriptorOrError() throws -> Int32 {
        guard let descriptor else { throw StoreError.io(detail: "\(path) was removed") }
        return descriptor
    }

    /// The bytes of a file, or `nil` where there is none.
    func read(_ name: String) throws -> [UInt8]? {
        guard let descriptor else { return nil }
        return try SystemFile.read(name, in: descriptor)
    }

    /// Whether `file` is there; throws when something else is in its place.
    func holds(_ file: PublishedFile) throws -> Bool {
        guard let bytes = try read(file.path) else { return false }
        guard bytes == file.bytes else { throw PublishingError.otherContent(file: "\(path)/\(file.path)") }
        return true
    }

    /// Writes `file` unless it is there; returns whether it did.
    func place(_ file: PublishedFile) throws -> Bool {
        try makeFolders(of: file.path)
        if try holds(file) { return false }
        try writeDraft(file.bytes)
        try renameDraft(to: file.path)
        return true
    }

    /// Makes every name durable that was written or found.
    func syncFolders() throws {
        let descriptor = try descriptorOrError()
        // The longest first: a folder is durable before the name by which it is found.
        for folder in unsynced.sorted(by: { ($1.utf8.count, $1) < ($0.utf8.count, $0) }) {
            try step()
            try SystemFile.syncFolder(folder, in: descriptor)
        }
        unsynced = []
    }

    /// Puts a checkpoint in the place of the one before. Everything that it is about is durable.
    func replaceCheckpoint(_ note: [UInt8]) throws {
        try writeDraft(note)
        try renameDraft(to: Self.checkpointName)
        try step()
        try SystemFile.syncFolder(".", in: try descriptorOrError())
    }

    private func makeFolders(of file: String) throws {
        let descriptor = try descriptorOrError()
        let elements = file.split(separator: "/").dropLast()
        var parent = "."
        for count in 1...max(1, elements.count) where count <= elements.count {
            let folder = elements.prefix(count).joined(separator: "/")
            if !unsynced.contains(folder) {
                try step()
                guard mkdirat(descriptor, folder, 0o755) == 0 || errno == EEXIST else {
                    throw SystemFile.error("\(path)/\(folder)")
                }
            }
            unsynced.formUnion([parent, folder])
            parent = folder
        }
    }

    private func writeDraft(_ bytes: [UInt8]) throws {
        try step()
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC
        let draft = openat(try descriptorOrError(), Self.draftName, flags, 0o644)
        guard draft >= 0 else { throw SystemFile.error("\(path)/\(Self.draftName)") }
        defer { close(draft) }
        try step()
        try SystemFile.write(bytes, to: draft, path: "\(path)/\(Self.draftName)")
        try step()
        guard fsync(draft) == 0 else { throw SystemFile.error("\(path)/\(Self.draftName)") }
    }

    private func renameDraft(to name: String) throws {
        try step()
        let descriptor = try descriptorOrError()
        guard renameat(descriptor, Self.draftName, descriptor, name) == 0 else {
            throw SystemFile.error("\(path)/\(name)")
        }
    }
}

/// The removal of what later files have made superfluous.
extension PublishingFolder {
    /// Removes partial tiles and bundles where a log of `size` has full ones and these are there. Returns how many.
    /// What an interrupted run left unfinished goes too.
    ///
    /// A reader that still holds an earlier checkpoint finds their content at the beginning of the full ones.
    func sweep(size: UInt64) throws -> Int {
        var removed = 0
        try sweep("tile", size: size, &removed)
        unlinkat(try descriptorOrError(), Self.draftName, 0)
        return removed
    }

    private func sweep(_ folder: String, size: UInt64, _ removed: inout Int) throws {
        for (name, isFolder) in try SystemFile.names(in: "\(path)/\(folder)") where isFolder {
            let inner = "\(folder)/\(name)"
            if name.hasSuffix(".p") {
                try sweepPartials(inner, full: String(inner.dropLast(2)), size: size, &removed)
            } else {
                try sweep(inner, size: size, &removed)
            }
        }
    }

    private func sweepPartials(_ folder: String, full: String, size: UInt64, _ removed: inout Int) throws {
        guard Self.isFull(full, size: size) else { return }
        let descriptor = try descriptorOrError()
        guard faccessat(descriptor, full, F_OK, 0) == 0 else { return }
        for (name, _) in try SystemFile.names(in: "\(path)/\(folder)") {
            let file = "\(folder)/\(name)"
            // Whatever else lies there is not ours to remove.
            guard Tile(path: file) != nil || EntryBundle(path: file) != nil else { continue }
            try step()
            guard unlinkat(descriptor, file, 0) == 0 else { throw SystemFile.error("\(path)/\(file)") }
            removed += 1
        }
        try step()
        guard unlinkat(descriptor, folder, AT_REMOVEDIR) == 0 || errno == ENOTEMPTY || errno == EEXIST else {
            throw SystemFile.error("\(path)/\(folder)")
        }
    }

    /// Whether a log of `size` has the full tile or bundle at `path`.
    private static func isFull(_ path: String, size: UInt64) -> Bool {
        if let tile = Tile(path: path) { return Tile(level: tile.level, number: tile.number, size: size) == tile }
        guard let bundle = EntryBundle(path: path) else { return false }
        return bundle.number < size >> UInt64(Tile.height)
    }
}
