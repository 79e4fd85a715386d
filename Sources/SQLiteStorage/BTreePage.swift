import Storage

/// A page of a B-tree of SQLite, as far as it says which of its bytes are in use (sqlite.org/fileformat2.html, section 1.6).
struct BTreePage {
    /// The pages below, of an interior page.
    private(set) var children: [UInt32] = []
    /// The chains of pages on which rows go on, and how many bytes of the row lie on each.
    private(set) var overflows: [(first: UInt32, byteCount: Int)] = []
    /// The bytes that nothing leads to, in ascending order.
    private(set) var unused: [Range<Int>] = []

    private let bytes: [UInt8]
    /// Bytes of a page but for those that are reserved at its end.
    private let usableSize: Int
    private var isUsed: [Bool]

    private enum Kind: UInt8 {
        case interiorIndex = 2
        case interiorTable = 5
        case leafIndex = 10
        case leafTable = 13

        var isInterior: Bool { self == .interiorIndex || self == .interiorTable }
        var isTable: Bool { self == .interiorTable || self == .leafTable }
    }

    /// `nil` where the bytes are no such page.
    init?(_ bytes: [UInt8], usableSize: Int) {
        guard usableSize >= 480, usableSize <= bytes.count, let kind = Kind(rawValue: bytes[0]) else { return nil }
        self.bytes = bytes
        self.usableSize = usableSize
        isUsed = [Bool](repeating: false, count: usableSize)
        let headerSize = kind.isInterior ? 12 : 8
        let cellCount = integer(3)
        guard headerSize + 2 * cellCount <= usableSize else { return nil }
        use(0..<headerSize + 2 * cellCount)
        for cell in 0..<cellCount {
            guard read(cellAt: integer(headerSize + 2 * cell), kind) else { return nil }
        }
        if kind.isInterior { children.append(UInt32(integer(8) << 16 | integer(10))) }
        guard readFreeBlocks() else { return nil }
        findUnused()
    }

    private func integer(_ place: Int) -> Int { Int(bytes[place]) << 8 | Int(bytes[place + 1]) }

    private mutating func use(_ range: Range<Int>) { for place in range { isUsed[place] = true } }

    /// Notes what a row uses.
    private mutating func read(cellAt start: Int, _ kind: Kind) -> Bool {
        var place = start
        if kind.isInterior {
            guard place + 4 <= usableSize else { return false }
            children.append(UInt32(integer(place) << 16 | integer(place + 2)))
            place += 4
        }
        guard let size = number(&place) else { return false }
        var end = place
        if kind != .interiorTable {
            if kind.isTable, number(&place) == nil { return false }
            let payload = payload(size, isTable: kind.isTable)
            end = place + payload.here
            if payload.there > 0 {
                guard end + 4 <= usableSize else { return false }
                overflows.append((UInt32(integer(end) << 16 | integer(end + 2)), payload.there))
                end += 4
            }
        }
        // No cell has less than four bytes.
        end = max(end, start + 4)
        guard start >= 8, end <= usableSize else { return false }
        use(start..<end)
        return true
    }

    /// How many bytes of a row lie on its page, and how many on others: section 1.6, "Cell Payload Overflow Pages".
    private func payload(_ size: Int, isTable: Bool) -> (here: Int, there: Int) {
        let most = isTable ? usableSize - 35 : (usableSize - 12) * 64 / 255 - 23
        guard size > most else { return (size, 0) }
        let least = (usableSize - 12) * 32 / 255 - 23
        let fitting = least + (size - least) % (usableSize - 4)
        let here = fitting <= most ? fitting : least
        return (here, size - here)
    }

    /// Reads a number of 1 to 9 bytes; `nil` where it is none that a page can hold.
    private func number(_ place: inout Int) -> Int? {
        var value: UInt64 = 0
        for count in 0..<9 {
            guard place < usableSize else { return nil }
            let byte = UInt64(bytes[place])
            place += 1
            value = count == 8 ? value << 8 | byte : value << 7 | byte & 0x7F
            if count == 8 || byte < 0x80 { break }
        }
        // A row id uses all 64 bits; no size does.
        return Int(truncatingIfNeeded: value & 0x7FFF_FFFF_FFFF_FFFF)
    }

    /// A block that a row left has in its first four bytes where the next one is, and how long it is itself.
    private mutating func readFreeBlocks() -> Bool {
        var (last, block) = (0, integer(1))
        while block != 0 {
            guard block > last, block + 4 <= usableSize else { return false }
            use(block..<block + 4)
            (last, block) = (block, integer(block))
        }
        return true
    }

    private mutating func findUnused() {
        var start: Int?
        for place in 0...usableSize {
            let isFree = place < usableSize && !isUsed[place]
            if isFree, start == nil { start = place }
            if !isFree, let begin = start {
                unused.append(begin..<place)
                start = nil
            }
        }
    }
}
