import Decisions
import Evidence
import JSON
import Merkle
import Notes
import Testing

struct KeyChangeTests {
    /// Nine entries; the keys change at entries 2 and 5.
    private static func log(revokes: [Bool] = [false, false]) throws -> SampleLog {
        var log = SampleLog(try sampleKey(1))
        for number in 0..<9 {
            switch number {
            case 2: try log.changeKey(to: sampleKey(2), isRevocation: revokes[0])
            case 5: try log.changeKey(to: sampleKey(3), isRevocation: revokes[1])
            default: try log.decide("d-\(number)")
            }
        }
        return log
    }

    @Test func `whoever has one key of the log can check every proof of it`() throws {
        let log = try Self.log()
        for size in 1...9 {
            for index in 0..<size {
                let file = try log.file(index, size)
                for key in 0..<3 {
                    let checked = try file.checkAgain(log.trust(key))
                    #expect(checked.checkpoint.checkpoint == log.checkpoint(size))
                    #expect(checked.keyChanges.map(\.entry) == [2, 5])
                }
            }
        }
    }

    /// By the rule in words: a key is believed that was given, that follows on one that was given and was not revoked
    /// itself, or that comes before one that was given with no revocation in between.
    @Test(arguments: [[true, false], [false, true], [true, true]])
    func `a key that was revoked is believed only by whoever was given it`(revokes: [Bool]) throws {
        let log = try Self.log(revokes: revokes)
        let terms = [0...3, 3...6, 6...9]
        for size in 1...9 {
            for given in 0..<3 {
                let isBelieved = (0..<3).contains { key in
                    guard terms[key].contains(size) else { return false }
                    if key == given { return true }
                    if key > given { return key == 2 || !revokes[key] }
                    return !revokes[key..<given].contains(true)
                }
                let result = Result { try log.file(0, size).checkAgain(log.trust(given)) }
                switch result {
                case .success: #expect(isBelieved, "size \(size), key \(given)")
                case .failure(let error):
                    #expect(!isBelieved, "size \(size), key \(given)")
                    #expect(error as? EvidenceError == .noTrustedSigner(size: UInt64(size)))
                }
            }
        }
    }

    @Test func `without the changes only the key that signed can check a proof`() throws {
        let log = try Self.log()
        for (size, signer) in [(2, 0), (5, 1), (9, 2)] {
            let file = try log.file(0, size).with(keyChanges: [])
            for key in 0..<3 {
                if key == signer {
                    _ = try file.checkAgain(log.trust(key))
                } else {
                    #expect(throws: EvidenceError.proof(.noKnownSignature)) { try file.checkAgain(log.trust(key)) }
                }
            }
        }
    }

    @Test func `a key that was succeeded signs nothing any more`() throws {
        let log = try Self.log()
        let late = try log.file(0, 9, note: log.note(9, by: [log.keys[0].key]))
        #expect(throws: EvidenceError.proof(.noKnownSignature)) { try late.checkAgain(log.trust(0)) }
        let early = try log.file(0, 2, note: log.note(2, by: [log.keys[2].key]))
        #expect(throws: EvidenceError.proof(.noKnownSignature)) { try early.checkAgain(log.trust(2)) }
    }

    @Test func `changes of the keys of another log lead nowhere`() throws {
        var other = SampleLog(try sampleKey(7))
        try other.decide("x")
        try other.changeKey(to: sampleKey(8))
        let log = try Self.log()
        let file = try log.file(0).with(keyChanges: other.keyChanges())
        #expect(throws: EvidenceError.foreignKeyChanges) { try file.checkAgain(log.trust(2)) }
        // One that is left out leaves a gap that only the later keys can do without.
        let gap = try log.file(0).with(keyChanges: Array(log.keyChanges().dropFirst()))
        #expect(throws: EvidenceError.foreignKeyChanges) { try gap.checkAgain(log.trust(0)) }
        _ = try gap.checkAgain(log.trust(1))
    }

    struct Lie: Sendable, CustomTestStringConvertible {
        let name: String
        let index: Int
        let forge: @Sendable (SampleLog) throws -> [KeyChangeEvidence]
        var testDescription: String { name }
    }

    private static func announcement(_ log: SampleLog, by signers: [SigningKey], size: Int = 3) throws
        -> KeyChangeEvidence
    {
        KeyChangeEvidence(entry: log.entries[2], proof: try log.proof(2, size, note: log.note(size, by: signers)))
    }

    private static func made(_ body: JSON, type: String = EntryType.key) throws -> [KeyChangeEvidence] {
        var log = SampleLog(try sampleKey(1))
        try log.append(type: type, id: "because:key:0", body: body.bytes())
        let note = try log.note(1, by: [sampleKey(1), sampleKey(2)])
        return [KeyChangeEvidence(entry: log.entries[0], proof: try log.proof(0, 1, note: note))]
    }

    private static let lies = [
        Lie(name: "signed by the old key alone", index: 0) { [try announcement($0, by: [$0.keys[0].key])] },
        Lie(name: "signed by the new key alone", index: 0) { [try announcement($0, by: [$0.keys[1].key])] },
        Lie(name: "signed by the old key twice", index: 0) {
            [try announcement($0, by: [$0.keys[0].key, $0.keys[0].key])]
        },
        Lie(name: "signed by a third key", index: 0) {
            [try announcement($0, by: [$0.keys[0].key, $0.keys[2].key])]
        },
        Lie(name: "in a checkpoint that goes on after it", index: 0) {
            [try announcement($0, by: [$0.keys[0].key, $0.keys[1].key], size: 4)]
        },
        Lie(name: "the two changes in the wrong order", index: 1) { try $0.keyChanges().reversed() },
        Lie(name: "a change twice", index: 1) { [try $0.keyChanges()[0], try $0.keyChanges()[0]] },
        Lie(name: "the entry of one change with the proof of the other", index: 0) {
            let changes = try $0.keyChanges()
            return [KeyChangeEvidence(entry: changes[1].entry, proof: changes[0].proof)]
        },
        Lie(name: "an entry of another type", index: 0) { _ in
            let keys: JSON = try [
                "previous": .string(sampleKey(1).verifierKey.text), "key": .string(sampleKey(2).verifierKey.text),
            ]
            return try made(keys, type: EntryType.decision)
        },
        Lie(name: "an entry without keys", index: 0) { _ in try made([:]) },
        Lie(name: "a key of another name", index: 0) { _ in
            try made([
                "previous": .string(sampleKey(1).verifierKey.text),
                "key": .string(sampleKey(2, name: "other.example").verifierKey.text),
            ])
        },
        Lie(name: "the key of a witness", index: 0) { _ in
            try made([
                "previous": .string(sampleKey(1).verifierKey.text), "key": .string(sampleKey(2).cosignatureKey.text),
            ])
        },
        Lie(name: "a key that follows on itself", index: 0) { _ in
            try made([
                "previous": .string(sampleKey(1).verifierKey.text), "key": .string(sampleKey(1).verifierKey.text),
            ])
        },
        Lie(name: "no entry at all", index: 0) {
            [KeyChangeEvidence(entry: "nothing".bytes, proof: try $0.proof(2, 3))]
        },
        Lie(name: "a key that was there before", index: 1) { _ in
            var log = SampleLog(try sampleKey(1))
            try log.decide("x")
            try log.changeKey(to: sampleKey(2))
            try log.changeKey(to: sampleKey(1))
            return try log.keyChanges()
        },
    ]

    @Test(arguments: lies)
    func `a change of keys that lies is refused, whatever key was given`(lie: Lie) throws {
        let log = try Self.log()
        let file = try log.file(0).with(keyChanges: lie.forge(log))
        for key in 0..<3 {
            let error = #expect(throws: EvidenceError.self) { try file.checkAgain(log.trust(key)) }
            guard case .keyChange(lie.index, _) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
    }
}
