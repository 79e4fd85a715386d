/// The name of a key (C2SP signed-note): not empty, without Unicode spaces, `+` or control characters.
///
/// Names are the same when their bytes are, unlike strings, which are also the same when they look the same.
public struct KeyName: Hashable, Sendable {
    public let text: String

    /// The name `text`, or `nil` when no key can have it.
    public init?(_ text: some StringProtocol) {
        guard Self.isValid(text) else { return nil }
        self.text = String(text)
    }

    /// Whether a key can be named `text`.
    public static func isValid(_ text: some StringProtocol) -> Bool {
        !text.unicodeScalars.isEmpty
            && text.unicodeScalars.allSatisfy { $0 != "+" && $0.value >= 0x20 && !$0.properties.isWhitespace }
    }

    /// Whether the name has the bytes of `text`.
    public func isSame(as text: String) -> Bool { self.text.utf8.elementsEqual(text.utf8) }

    public static func == (left: KeyName, right: KeyName) -> Bool { left.isSame(as: right.text) }

    public func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}

extension KeyName: CustomStringConvertible {
    public var description: String { text }
}
