import Cryptography
import Decisions
import JSON
import Merkle
import Testing

private func sample(body: String = "{}", number: UInt64 = 41) throws -> [UInt8] {
    try Entry.bytes(
        number: number, at: Timestamp(microseconds: 1_795_166_047_120_331), type: "decision", id: "d-1",
        link: SHA256.digest(of: ""), body: Array(body.utf8))
}

struct EntryTests {
    @Test func `an entry is canonical JSON with its envelope around the body`() throws {
        let bytes = try sample(body: #"{"a":{"b":[1]}}"#)
        #expect(try JSON(parsing: bytes).bytes() == bytes)
        #expect(
            String(decoding: bytes, as: UTF8.self) == """
                {"at":"2026-11-20T09:14:07.120331Z","body":{"a":{"b":[1]}},"id":"d-1",\
                "link":"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU","n":41,"type":"decision","v":1}
                """)
    }

    @Test(arguments: ["{}", #"{"x":"\",\"id\":\"y"}"#, #"{"id":"a","link":"b","n":3,"type":"x","v":1}"#])
    func `what is written is read back, whatever the body holds`(body: String) throws {
        for number in [0, 1, 9, 10, 41, UInt64(JSON.integerLimit)] {
            let entry = try Entry(parsing: sample(body: body, number: number))
            #expect(entry.number == number && entry.id == "d-1" && entry.type == "decision")
            #expect(entry.at.description == "2026-11-20T09:14:07.120331Z" && entry.link == MerkleTree.emptyRoot)
            #expect(String(decoding: entry.bodyBytes, as: UTF8.self) == body)
            #expect(entry.leaf == MerkleTree.leafHash(entry.bytes))
        }
    }

    @Test func `no change of a byte can make the reader trap, and every truncation is refused`() throws {
        let bytes = try sample(body: #"{"a":"b"}"#)
        for index in bytes.indices {
            #expect(throws: EntryError.self) { try Entry(parsing: Array(bytes[..<index])) }
            #expect(throws: EntryError.self) { try Entry(parsing: Array(bytes[(index + 1)...])) }
            for byte in [
                0, 0x20, 0x22, 0x2C, 0x30, 0x39, 0x41, 0x5C, 0x7B, 0x7D, 0xFF, bytes[index] ^ 1, bytes[index] ^ 0x80,
            ] {
                var broken = bytes
                broken[index] = byte
                if let entry = try? Entry(parsing: broken) { #expect(entry.bytes == broken) }
            }
        }
    }

    @Test func `an entry larger than a bundle can hold is refused`() throws {
        let space = Entry.byteLimit - (try sample(body: "")).count
        _ = try sample(body: String(repeating: "1", count: space))
        #expect(throws: EntryError.tooLarge(got: Entry.byteLimit + 1, limit: Entry.byteLimit)) {
            try sample(body: String(repeating: "1", count: space + 1))
        }
        #expect(throws: EntryError.self) { try Entry(parsing: [UInt8](repeating: 0x20, count: 70_000)) }
    }
}

struct TimestampTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000000Z"), (-1, "1969-12-31T23:59:59.999999Z"),
        (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"), (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
        (-62_167_219_200_000_000, "0000-01-01T00:00:00.000000Z"),
    ])
    func `known moments have their text`(microseconds: Int64, text: String) {
        #expect(Timestamp(microseconds: microseconds).description == text)
        #expect(Timestamp(Array(text.utf8))?.microseconds == microseconds)
    }

    @Test func `every day of four centuries comes back`() {
        let wrong = (Int64(-140_000)...10_000).first { day in
            let time = Timestamp(microseconds: day * 86_400_000_000 + 3_723_000_004)
            return Timestamp(time.bytes) != time
        }
        #expect(wrong == nil)
    }

    @Test(arguments: [
        "2026-11-20T09:14:07Z", "2026-11-20T09:14:07.12033Z", "2026-02-30T00:00:00.000000Z",
        "2026-11-20t09:14:07.120331Z",
        "2026-11-20T09:14:60.000000Z", "2026-00-20T09:14:07.120331Z", "２026-11-20T09:14:07.12033Z",
    ])
    func `any other spelling is refused`(text: String) { #expect(Timestamp(Array(text.utf8)) == nil) }
}

struct UUIDv7Tests {
    @Test func `ids sort by time, fit the grammar and carry their version`() {
        let random = CountingRandomness().source
        let ids = (0..<100).map {
            UUIDv7.make(at: Timestamp(microseconds: 1_795_166_047_000_000 + $0 * 1000), randomness: random)
        }
        #expect(ids == ids.sorted() && Set(ids).count == 100)
        #expect(
            ids.allSatisfy {
                Grammar.isID($0) && $0.utf8.count == 36 && Array($0)[14] == "7" && "89ab".contains(Array($0)[19])
            })
    }
}
