import JSON

/// The grammars of the three names in a reference, and of the codes that a section carries.
///
/// Every name is 1 to 128 bytes of ASCII, so two equal strings are equal bytes.
public enum NameGrammar: String, Sendable, CaseIterable {
    /// `A-Z a-z 0-9 . _ : - + ~ /`, as in `openai/model-spec`.
    case document
    /// As `document`, without `/`.
    case version
    /// As `document`, without `/`.
    case section
    /// As `document`: an authority or a tag.
    case code

    /// The most bytes a name may have.
    public static let byteLimit = 128

    /// Whether `text` is such a name. O(128), however long the text is.
    public func matches(_ text: some StringProtocol) -> Bool { matches(bytes: text.utf8) }

    /// Whether the UTF-8 in `bytes` is such a name.
    func matches(bytes: some Sequence<UInt8>) -> Bool {
        var count = 0
        for byte in bytes {
            count += 1
            guard count <= Self.byteLimit, allows(byte) else { return false }
        }
        return count > 0
    }

    private func allows(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"),
            UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "~"):
            true
        case UInt8(ascii: "/"): self == .document || self == .code
        default: false
        }
    }
}

extension NameGrammar: CustomStringConvertible {
    /// What a name must look like, to end a sentence with.
    public var description: String {
        let slash = self == .document || self == .code ? " /" : ""
        return "1 to \(Self.byteLimit) of A-Z a-z 0-9 . _ : - + ~\(slash)"
    }
}

/// `text` in quotes for a message: at most 80 characters of it, and what a terminal would hide as escapes.
func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: 80, limitedBy: scalars.endIndex),
        end < scalars.endIndex
    else { return JSON.string(text).string(.visible) }
    return JSON.string(String(scalars[..<end]) + "…").string(.visible)
}
