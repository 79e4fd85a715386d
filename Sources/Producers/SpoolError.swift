/// Why a spool cannot be used. Nothing in it was changed.
public enum SpoolError: Error, Equatable {
    /// The folder cannot be made or written.
    case folder(path: String, detail: String)
    /// Others than its owner may look into the folder or the file.
    case openToOthers(path: String)
    /// Another producer, of this process or of another, has it open.
    case heldByAnother(path: String)
    /// The file is something else than a spool.
    case notASpool(path: String)
    case newerFormat(path: String, found: Int, known: Int)
    case damaged(path: String, detail: String)
    /// The disk has no room left.
    case full(path: String)
    case io(path: String, detail: String)
    case closed
}

extension SpoolError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .folder(let path, let detail): "the folder \(path) cannot hold a spool: \(detail)"
        case .openToOthers(let path): "\(path) may be read by others, and a spool holds texts as they are"
        case .heldByAnother(let path): "another producer uses the spool \(path)"
        case .notASpool(let path): "\(path) is not a spool of because"
        case .newerFormat(let path, let found, let known):
            "the spool \(path) has format \(found); this program knows formats up to \(known)"
        case .damaged(let path, let detail): "the spool \(path) is damaged: \(detail)"
        case .full(let path): "the disk is full: \(path)"
        case .io(let path, let detail): "the spool \(path) cannot be read or written: \(detail)"
        case .closed: "the spool was closed"
        }
    }

    public var hint: String? {
        switch self {
        case .folder: "name a folder whose parent is there and may be written"
        case .openToOthers: "chmod go-rwx, if nobody has looked"
        case .heldByAnother: "give each producer a folder of its own, or stop the other"
        case .notASpool: "name another folder; the file was left as it is"
        case .newerFormat: "use the version of because that wrote it, or a later one"
        case .damaged: "move the folder aside and keep it: what can be read of it is in the table records"
        case .full: "free some space"
        case .io: "look at the disk"
        case .closed: nil
        }
    }
}
