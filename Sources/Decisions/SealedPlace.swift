public import Cryptography
public import JSON

/// Where one digest stands in an entry. Which field it hides, only its disclosure says.
public struct SealedPlace: Sendable, Equatable {
    /// The object that holds the digest, as a path: `rationale`, `inputs[2]`; empty for the body itself.
    public let object: String
    public let digest: Digest
    /// The names of the object's members that stand in clear.
    let clearNames: [String]

    /// The path of a field of this name here: `rationale.text`. The wording of an unresolved reference stands for the
    /// whole reference: `principles[0].ref`.
    public func field(_ name: String) -> String {
        if name == "ref", clearNames.contains("unresolved") { return object }
        return object.isEmpty ? name : "\(object).\(name)"
    }

    /// Whether `word` means the field at `path`: it is the path itself, or that of an object or list around it.
    public static func matches(_ path: String, _ word: String) -> Bool {
        path == word || path.hasPrefix("\(word).") || path.hasPrefix("\(word)[")
    }

    /// Whether a member of this name stands in clear beside the digest, so that no disclosure may bring another.
    public func hasClear(_ name: String) -> Bool { clearNames.contains(name) }
}

extension SealedFields {
    /// The place of every digest of `body`, in the order of `digests(in:)`.
    public static func places(in body: JSON) -> [SealedPlace] {
        var places: [SealedPlace] = []
        collect(body, at: "", into: &places)
        return places
    }

    private static func collect(_ value: JSON, at path: String, into places: inout [SealedPlace]) {
        switch value {
        case .array(let items):
            for (index, item) in items.enumerated() { collect(item, at: "\(path)[\(index)]", into: &places) }
        case .object(let object):
            let names = object.members.map(\.name).filter { $0 != Disclosure.digestsName }
            for member in object.members {
                if member.name == Disclosure.digestsName {
                    places += list(member.value).map { SealedPlace(object: path, digest: $0, clearNames: names) }
                } else {
                    collect(member.value, at: path.isEmpty ? member.name : "\(path).\(member.name)", into: &places)
                }
            }
        default: break
        }
    }
}
