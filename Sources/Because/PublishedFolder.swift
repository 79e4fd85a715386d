import Glibc

extension PublishedFiles {
    /// The files below a folder.
    public init(folder: String) throws {
        var paths: [String] = []
        try Self.list(folder, below: "", into: &paths)
        let known = Set(paths)
        self.init(paths: paths) { path in
            // A folder, or a link to one, is no file: what belongs there is missing.
            var status = stat()
            guard known.contains(path), stat("\(folder)/\(path)", &status) == 0, status.st_mode & S_IFMT == S_IFREG
            else { return nil }
            // One byte too many is enough to see that a file is too long.
            return try SystemFile.read("\(folder)/\(path)", limit: Self.maximumByteCount + 1)
        }
    }

    private static func list(_ folder: String, below prefix: String, into paths: inout [String]) throws {
        for (name, isFolder) in try SystemFile.names(in: "\(folder)/\(prefix)") {
            if isFolder {
                // Only tiles make a log; what else a server gives out may be large.
                if prefix.isEmpty, name != "tile" { continue }
                try list(folder, below: "\(prefix)\(name)/", into: &paths)
            } else {
                paths.append(prefix + name)
            }
        }
    }
}
