public import Cryptography

/// Why a registry cannot take what an entry says.
public enum RegistryError: Error, Equatable {
    case badName(NameGrammar, got: String)
    case duplicateSection(String)
    case otherText(id: String, version: String, got: Digest, registered: Digest)
    case otherFormat(id: String, version: String, got: Format, registered: Format)
    case unknownDocument(got: String)
    case unknownVersion(id: String, got: String)
    case activatedBeforeRegistered(id: String, version: String, got: UInt64, registered: UInt64)
    case activationOutOfOrder(id: String, got: UInt64, last: UInt64)
}

/// Why a reference cites nothing.
public enum ResolutionError: Error, Equatable {
    case unknownDocument(got: String, nearest: [String])
    case unknownVersion(document: String, got: String, known: [String])
    case noneInForce(document: String, known: [String])
    /// `nearest` holds complete references; `elsewhere` the versions of the document that do have the section.
    case unknownSection(document: String, version: String, got: String, nearest: [String], elsewhere: [String])
}

extension RegistryError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .badName(let grammar, let got): "\(quoted(got)) is no name of a \(grammar.rawValue); use \(grammar)"
        case .duplicateSection(let id): "the section id \(quoted(id)) stands twice in one registration"
        case .otherText(let id, let version, let got, let registered):
            "\(id)@\(version) is registered with SHA-256 \(registered.hex), and this text has \(got.hex); "
                + "give it a version of its own"
        case .otherFormat(let id, let version, let got, let registered):
            "\(id)@\(version) is registered as \(registered.rawValue), not as \(got.rawValue); "
                + "give it a version of its own"
        case .unknownDocument(let got): "no document \(quoted(got)) is registered"
        case .unknownVersion(let id, let got): "\(id) has no registered version \(quoted(got))"
        case .activatedBeforeRegistered(let id, let version, let got, let registered):
            "\(id)@\(version) is registered in entry \(registered), so entry \(got) cannot put it in force"
        case .activationOutOfOrder(let id, let got, let last):
            "entry \(last) put a version of \(id) in force already, so entry \(got) cannot put another"
        }
    }
}

extension ResolutionError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknownDocument(let got, let nearest):
            "no document \(quoted(got)) is registered" + Self.list("; nearest: ", nearest)
        case .unknownVersion(let document, let got, let known):
            "\(document) has no version \(quoted(got))" + Self.list("; registered: ", known)
        case .noneInForce(let document, let known):
            "no version of \(document) is in force; name one" + Self.list(": ", known)
        case .unknownSection(let document, let version, let got, let nearest, let elsewhere):
            "\(document)@\(version) has no section \(quoted(got))"
                + Self.list("; nearest: ", nearest.map { String($0.drop { $0 != "#" }.dropFirst()) })
                + Self.list("; it stands in version ", elsewhere)
        }
    }

    /// `names` after `lead`, the last ten of them; nothing where there is none.
    private static func list(_ lead: String, _ names: [String]) -> String {
        names.isEmpty ? "" : lead + (names.count > 10 ? "…, " : "") + names.suffix(10).joined(separator: ", ")
    }
}
