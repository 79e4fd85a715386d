/// Finds one of a few fixed names by its bytes, without a string for what was read.
///
/// A hash of length, first, middle and last byte leads to the one name that it can be, so one comparison decides.
struct NameTable: Sendable {
    private let names: [[UInt8]]
    /// Indices of names by hash, with linear probing; `free` where there is none.
    private let slots: [UInt8]

    private static let free: UInt8 = 255

    /// A table of different, non-empty names in the order that `index` counts them: at most 64.
    init(_ names: [String]) {
        precondition(names.count <= 64 && names.allSatisfy { !$0.isEmpty }, "a table is small and names are not empty")
        self.names = names.map { Array($0.utf8) }
        var slots = [UInt8](repeating: Self.free, count: 256)
        for (index, name) in self.names.enumerated() {
            var slot = name.withUnsafeBufferPointer { Self.hash($0) }
            while slots[slot] != Self.free { slot = (slot + 1) % 256 }
            slots[slot] = UInt8(index)
        }
        self.slots = slots
    }

    /// The place of the name with these bytes; `nil` for any other.
    func index(of bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard !bytes.isEmpty else { return nil }
        var slot = Self.hash(bytes)
        while slots[slot] != Self.free {
            let index = Int(slots[slot])
            let matches = names[index].withUnsafeBufferPointer { name in
                name.count == bytes.count && name.indices.allSatisfy { name[$0] == bytes[$0] }
            }
            if matches { return index }
            slot = (slot + 1) % 256
        }
        return nil
    }

    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let letters = Int(bytes[0]) &* 5 &+ Int(bytes[bytes.count / 2]) &* 17 &+ Int(bytes[bytes.count - 1]) &* 31
        return (letters &+ bytes.count &* 53) & 255
    }
}
