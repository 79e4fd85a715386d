import Foundation
import Glibc

/// A small disk in memory.
final class SmallDisk {
    let path: String

    init?(size: String) {
        path = FileManager.default.temporaryDirectory.path + "/because-disk-" + UUID().uuidString
        guard getuid() == 0,
            (try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)) != nil
        else { return nil }
        guard run("/usr/bin/mount", ["-t", "tmpfs", "-o", "size=\(size)", "tmpfs", path])?.0 == 0 else {
            try? FileManager.default.removeItem(atPath: path)
            return nil
        }
    }

    /// Makes room.
    func grow(to size: String) -> Bool { run("/usr/bin/mount", ["-o", "remount,size=\(size)", path])?.0 == 0 }

    deinit {
        _ = run("/usr/bin/umount", ["-l", path])
        try? FileManager.default.removeItem(atPath: path)
    }
}
