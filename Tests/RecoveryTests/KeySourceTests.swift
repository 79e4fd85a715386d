import Because
import Foundation
import Testing

struct KeySourceTests {
    private static let origin = "acme.example/decisions"

    @Test func `a key outside the folder is made there and used from there`() async throws {
        let scratch = try Scratch()
        let places = LedgerPlaces(key: .file(scratch.file("secret")), head: scratch.file("head"))
        let key = try await scratch.makeLedger(3, places: places)
        #expect(try KeyFile.read(at: scratch.file("secret")).verifierKey == key)
        #expect(!FileManager.default.fileExists(atPath: scratch.ledger + "/key"))
        #expect(!FileManager.default.fileExists(atPath: scratch.ledger + "/head"))
        try await scratch.record(3..<5, places: places)
        #expect(throws: LedgerError.self) { try Ledger.open(at: scratch.ledger) }
        #expect(try await scratch.verify(key: key, places: places).exitStatus == 0)

        let ledger = try Ledger.open(at: scratch.ledger, places: places)
        let next = try await KeyRotation(of: ledger, from: places.key).run().key
        await ledger.close()
        #expect(try KeyFile.read(at: scratch.file("secret")).verifierKey == next)
    }

    @Test func `the text of a key serves as well, and its successor needs a file`() async throws {
        let scratch = try Scratch()
        let key = try SigningKey.generate(name: Self.origin, randomness: .system)
        let places = LedgerPlaces(key: .text(key.text + "\n"))
        #expect(try await scratch.makeLedger(2, places: places) == key.verifierKey)
        let ledger = try Ledger.open(at: scratch.ledger, places: places)
        await #expect(throws: LedgerError.self) { _ = try await KeyRotation(of: ledger, from: places.key).run() }
        let next = try await KeyRotation(of: ledger, from: places.key, newFile: scratch.file("next")).run().key
        await ledger.close()
        let text = try String(contentsOfFile: scratch.file("next"), encoding: .utf8)
        try await scratch.record(2..<4, places: LedgerPlaces(key: .text(text)))
        #expect(try await scratch.verify(key: next).exitStatus == 0)
    }

    @Test func `a key can be read from a descriptor, also a pipe that brings it in pieces`() async throws {
        let scratch = try Scratch()
        try await scratch.makeLedger(1)
        let text = try Data(contentsOf: URL(fileURLWithPath: scratch.ledger + "/key"))
        try FileManager.default.removeItem(atPath: scratch.ledger + "/key")
        let pipe = Pipe()
        let writing = Task.detached {
            for byte in text { try pipe.fileHandleForWriting.write(contentsOf: [byte]) }
            try pipe.fileHandleForWriting.close()
        }
        try await scratch.record(
            1..<3, places: LedgerPlaces(key: .descriptor(pipe.fileHandleForReading.fileDescriptor)))
        try await writing.value
        #expect(try await scratch.verify().exitStatus == 0)
    }

    @Test func `a key that others may read, of another name, or none at all is refused, and nothing is left behind`()
        async throws
    {
        let scratch = try Scratch()
        let other = try SigningKey.generate(name: "other.example", randomness: .system)
        for places in [LedgerPlaces(key: .text(other.text)), .init(key: .text("")), .init(key: .descriptor(-1))] {
            await #expect(throws: LedgerError.self) {
                try await Ledger.create(at: scratch.ledger, origin: Self.origin, places: places)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == [])
        }
        try await scratch.makeLedger(1)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: scratch.ledger + "/key")
        let error = #expect(throws: LedgerError.self) { try Ledger.open(at: scratch.ledger) }
        #expect(error.map { "\($0)".contains("640") } == true)
    }

    @Test func `no error and no description repeats anything of a key`() async throws {
        let scratch = try Scratch()
        let key = try SigningKey.generate(name: "other.example", randomness: .system)
        let secret = key.text.split(separator: "+").last.map(String.init) ?? ""
        try await scratch.makeLedger(1)
        for text in [key.text, String(key.text.dropLast(3)), "x" + key.text] {
            let error = #expect(throws: LedgerError.self) {
                try Ledger.open(at: scratch.ledger, places: LedgerPlaces(key: .text(text)))
            }
            #expect(error.map { !"\($0)".contains(secret.prefix(12)) } == true)
        }
    }
}
