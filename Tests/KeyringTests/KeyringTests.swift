import Cryptography
import Foundation
import Keyrings
import LedgerSamples
import Storage
import Testing

struct KeyringTests {
    private let codes = (0..<3).map { SHA256.digest(of: [UInt8($0)]) }

    private func entry(_ subject: Digest?, about: UInt64? = nil) -> NewEntry {
        NewEntry(id: "x", bytes: [1], disclosures: [Array("WyJh".utf8), [0, 1]], subject: subject, about: about)
    }

    private func opened(_ entry: NewEntry, _ number: UInt64, _ ring: Keyring) throws -> [[UInt8]?] {
        try entry.disclosures.enumerated().map { ordinal, text in
            try text.withUnsafeBytes { try ring.decrypt($0, number: number, ordinal: ordinal) }
        }
    }

    private func keyNumbers(_ entries: [NewEntry]) -> [UInt64?] {
        entries.map { $0.disclosures[0].withUnsafeBytes { Keyring.keyNumber($0) } }
    }

    @Test func `each person has a key, and what is said later is under the key of whom it is about`() throws {
        let scratch = try Scratch()
        let ring = try Keyring.create(at: scratch.ring)
        let entries = [entry(codes[0]), entry(codes[1]), entry(nil), entry(codes[0]), entry(nil, about: 10)]
        let encrypted = try ring.encrypt(entries, from: 10) { _ in nil }
        let keys = keyNumbers(encrypted)
        #expect(Set(keys).count == 3 && keys[0] == keys[3] && keys[0] == keys[4])
        for (place, entry) in encrypted.enumerated() {
            #expect(try opened(entry, 10 + UInt64(place), ring) == [Array("WyJh".utf8), [0, 1]])
        }
        let later = try ring.encrypt([entry(nil, about: 3)], from: 20) { $0 == 3 ? keys[1] : nil }
        #expect(keyNumbers(later) == [keys[1]])
        #expect(try ring.counts() == (3, 0))
    }

    @Test func `a key that was destroyed is gone from the file, and its values with it`() throws {
        let scratch = try Scratch()
        let ring = try Keyring.create(at: scratch.ring)
        let encrypted = try ring.encrypt([entry(codes[0]), entry(codes[1])], from: 0) { _ in nil }
        let reader = try Keyring.open(at: scratch.ring, for: .reading)
        #expect(try opened(encrypted[0], 0, reader)[0] != nil)
        let before = try scratch.text(of: "ring").split(separator: "\n")
        #expect(try ring.destroyKeys(of: codes[0]))
        #expect(try !ring.destroyKeys(of: codes[0]) && !ring.destroyKeys(of: codes[2]))
        let text = try scratch.text(of: "ring")
        let line = try #require(before.first { $0.contains(codes[0].base64URL) })
        #expect(!text.contains(line.split(separator: " ")[3]) && text.contains(codes[0].base64URL))
        #expect(throws: StoreError.self) { try reader.destroyKeys(of: codes[1]) }
        for ring in [ring, reader, try Keyring.open(at: scratch.ring, for: .reading)] {
            #expect(try opened(encrypted[0], 0, ring) == [nil, nil])
            #expect(try opened(encrypted[1], 1, ring)[0] == Array("WyJh".utf8))
            #expect(try ring.counts() == (1, 1))
        }
        // The person comes back: a new key, and what was under the old one stays unreadable.
        let again = try ring.encrypt([entry(codes[0])], from: 5) { _ in nil }
        #expect(try opened(again[0], 5, reader)[0] != nil && opened(encrypted[0], 0, reader) == [nil, nil])
    }

    @Test func `a value in another place, or changed, comes back as it is stored`() throws {
        let scratch = try Scratch()
        let ring = try Keyring.create(at: scratch.ring)
        let encrypted = try ring.encrypt([entry(codes[0])], from: 7) { _ in nil }[0]
        #expect(try opened(encrypted, 8, ring) == encrypted.disclosures)
        let text = encrypted.disclosures[0]
        for place in 3..<text.count {
            var changed = text
            changed[place] = changed[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(try changed.withUnsafeBytes { try ring.decrypt($0, number: 7, ordinal: 0) } == changed)
        }
        for length in 0..<text.count {
            let cut = Array(text[..<length])
            #expect(try cut.withUnsafeBytes { try ring.decrypt($0, number: 7, ordinal: 0) } == cut)
        }
    }

    @Test func `two that add keys at the same time know each other's`() async throws {
        let scratch = try Scratch()
        _ = try Keyring.create(at: scratch.ring)
        let rings = try (0..<2).map { _ in try Keyring.open(at: scratch.ring, for: .writing) }
        let numbers = try await withThrowingTaskGroup(of: [UInt64?].self) { group in
            for place in 0..<40 {
                let (ring, entry) = (rings[place % 2], entry(SHA256.digest(of: [UInt8(place / 4)])))
                group.addTask { keyNumbers(try ring.encrypt([entry], from: 0) { _ in nil }) }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(Set(numbers).count == 10)
        #expect(try rings[0].counts() == (10, 0) && rings[1].counts() == (10, 0))
    }

    @Test func `a line that was cut off while it was added is not there, and what follows takes its place`() throws {
        let scratch = try Scratch()
        do { _ = try Keyring.create(at: scratch.ring).encrypt([entry(codes[0])], from: 0) { _ in nil } }
        let whole = try scratch.text(of: "ring")
        for length in [1, 50, 110] {
            try scratch.write(whole + String(repeating: "k", count: length), to: "ring")
            chmod(scratch.ring, 0o600)
            #expect(try Keyring.open(at: scratch.ring, for: .reading).counts() == (1, 0))
            do {
                let ring = try Keyring.open(at: scratch.ring, for: .writing)
                #expect(try ring.counts() == (1, 0))
                _ = try ring.encrypt([entry(codes[1])], from: 0) { _ in nil }
            }
            #expect(try Keyring.open(at: scratch.ring, for: .reading).counts() == (2, 0))
        }
    }

    @Test func `a destruction that was torn apart has destroyed the key`() throws {
        let scratch = try Scratch()
        do { _ = try Keyring.create(at: scratch.ring).encrypt([entry(codes[0])], from: 0) { _ in nil } }
        var text = Array(try scratch.text(of: "ring"))
        let key = text.count - 1 - 6 - 1 - 43
        for place in key..<key + 20 { text[place] = "." }
        try scratch.write(String(text), to: "ring")
        chmod(scratch.ring, 0o600)
        #expect(try Keyring.open(at: scratch.ring, for: .reading).counts() == (0, 1))
    }

    @Test func `what is no key ring, or not ours alone, is refused`() throws {
        let scratch = try Scratch()
        func refused(_ access: Keyring.Access = .reading) -> String {
            do {
                _ = try Keyring.open(at: scratch.ring, for: access)
                return ""
            } catch { return "\(error)" }
        }
        #expect(refused().contains("No such file"))
        for text in ["", "because", "because keyring 1 AAAA\n", "because keyring 2 AAAAAAAAAAAAAAAAAAAAAA\n"] {
            try scratch.write(text, to: "ring")
            chmod(scratch.ring, 0o600)
            #expect(refused().contains("it is not a key ring"))
        }
        unlink(scratch.ring)
        let ring = try Keyring.create(at: scratch.ring)
        _ = try ring.encrypt([entry(codes[0])], from: 0) { _ in nil }
        #expect(throws: StoreError.alreadyExists(path: scratch.ring)) { try Keyring.create(at: scratch.ring) }
        let text = try scratch.text(of: "ring")
        try scratch.write(text.replacing(codes[0].base64URL, with: codes[1].base64URL), to: "ring")
        #expect(refused().contains("line 2 is damaged"))
        try scratch.write(text, to: "ring")
        chmod(scratch.ring, 0o640)
        #expect(refused().contains("others may read it (mode 640); run chmod 600"))
    }
}
