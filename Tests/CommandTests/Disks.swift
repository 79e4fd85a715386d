import Foundation

/// A small disk in memory.
final class Tmpfs {
    let path: String

    static let isAvailable: Bool = {
        guard getuid() == 0, let disk = try? Tmpfs(size: "64k") else { return false }
        return FileManager.default.fileExists(atPath: disk.path)
    }()

    init(size: String) throws {
        path = FileManager.default.temporaryDirectory.path + "/because-disk-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        guard run("/usr/bin/mount", "-t", "tmpfs", "-o", "size=\(size)", "tmpfs", path) == 0 else {
            try FileManager.default.removeItem(atPath: path)
            throw CocoaError(.fileWriteNoPermission)
        }
    }

    deinit {
        run("/usr/bin/umount", "-l", path)
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Gives the disk another size.
    func resize(_ size: String) -> Bool { run("/usr/bin/mount", "-o", "remount,size=\(size)", path) == 0 }
}

/// A folder that may not be written: mounted read-only for root, whom permissions do not stop; without write permission
/// for anybody else.
final class WriteProtection {
    private let path: String
    private let isMount = getuid() == 0

    static let isAvailable = getuid() != 0 || Tmpfs.isAvailable

    init(_ path: String) throws {
        self.path = path
        guard isMount else {
            chmod(path, 0o555)
            return
        }
        guard run("/usr/bin/mount", "--bind", path, path) == 0,
            run("/usr/bin/mount", "-o", "remount,bind,ro", path) == 0
        else { throw CocoaError(.fileWriteNoPermission) }
    }

    deinit {
        if isMount { run("/usr/bin/umount", "-l", path) } else { chmod(path, 0o755) }
    }
}
