import JSON

/// Writes the members of objects as JSON, one after the other: no value is built to be written.
struct MemberWriter {
    private(set) var bytes: [UInt8] = []
    private var isFirst = true

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    mutating func beginObject() {
        bytes.append(UInt8(ascii: "{"))
        isFirst = true
    }

    mutating func endObject() {
        bytes.append(UInt8(ascii: "}"))
        isFirst = false
    }

    /// A text; nothing where there is none.
    mutating func member(_ name: StaticString, _ text: String?) {
        guard let text else { return }
        begin(name)
        JSON.append(text, to: &bytes)
    }

    mutating func member(_ name: StaticString, _ bool: Bool?) {
        guard let bool else { return }
        begin(name)
        bytes.append(contentsOf: (bool ? "true" : "false").utf8)
    }

    mutating func member(_ name: StaticString, _ number: Int64?) {
        guard let number else { return }
        begin(name)
        bytes.append(contentsOf: String(number).utf8)
    }

    mutating func member(_ name: StaticString, _ value: JSON) {
        begin(name)
        value.append(to: &bytes)
    }

    mutating func object(_ name: StaticString, _ write: (inout MemberWriter) -> Void) {
        begin(name)
        beginObject()
        write(&self)
        endObject()
    }

    /// A list of objects.
    mutating func list<Item>(_ name: StaticString, _ items: [Item], _ write: (Item, inout MemberWriter) -> Void) {
        begin(name)
        bytes.append(UInt8(ascii: "["))
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            beginObject()
            write(item, &self)
            endObject()
        }
        bytes.append(UInt8(ascii: "]"))
    }

    mutating func listUnlessEmpty<Item>(
        _ name: StaticString, _ items: [Item], _ write: (Item, inout MemberWriter) -> Void
    ) {
        if !items.isEmpty { list(name, items, write) }
    }

    /// A list of texts; nothing where there is none.
    mutating func texts(_ name: StaticString, _ texts: [String]) {
        guard !texts.isEmpty else { return }
        begin(name)
        bytes.append(UInt8(ascii: "["))
        for (index, text) in texts.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            JSON.append(text, to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func begin(_ name: StaticString) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        bytes.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: "\":".utf8)
    }
}
