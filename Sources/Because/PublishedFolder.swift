extension PublishedFiles {
    /// The files below a folder.
    public init(folder: String) throws {
        var paths: [String] = []
        try Self.list(folder, below: "", into: &paths)
        self.init(paths: paths) { try SystemFile.read("\(folder)/\($0)", limit: Self.maximumByteCount) }
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
