import Merkle
import Notes
import Testing

/// What fuzzing found.
struct FuzzRegressions {
    @Test func `what is wrong with a long name is said briefly`() throws {
        let long = String(repeating: "x", count: 200_000)
        let key = try exampleKey("example.com/log", 1).verifierKey
        let note = try Checkpoint(origin: long, size: 0, root: MerkleTree.emptyRoot).signed(by: exampleKey("a", 2))
        let attempts: [() throws -> Void] = [
            { _ = try VerifierKey(parsing: "\(long) +0+A") }, { _ = try note.trustedCheckpoint(by: [key]) },
            { _ = try Policy(parsing: "\(long)\n".bytes) }, { _ = try Policy(parsing: "quorum \(long)\n".bytes) },
            { _ = try Policy(parsing: "group g \(long) none\nquorum g\n".bytes) },
        ]
        for attempt in attempts {
            do {
                try attempt()
                Issue.record("the name is wrong")
            } catch { #expect("\(error)".utf8.count < 300) }
        }
    }

    @Test func `what cannot be changed in a policy is said briefly, however long it is`() throws {
        let long = String(repeating: "x", count: 200_000)
        let key = try exampleKey("w", 1).cosignatureKey.text
        let document = try PolicyDocument(parsing: "witness \(long) \(key)\nquorum \(long)\n".bytes)
        let attempts: [(inout PolicyDocument) throws -> Void] = [
            { try $0.add("\(long) ", key: key, url: "https://w") }, { try $0.add("v", key: key, url: long) },
            { try $0.remove("\(long)y") }, { try $0.remove(long, quorum: .any) },
        ]
        for attempt in attempts {
            var document = document
            do {
                try attempt(&document)
                Issue.record("the change is refused")
            } catch { #expect("\(error)".utf8.count < 300) }
        }
    }

    @Test func `names that are the same characters and other bytes are other witnesses`() throws {
        let keys = try (1...3).map { try exampleKey("w", $0).cosignatureKey.text }
        let names = ["\u{E9}", "e\u{301}", "\u{301}x"]
        var document = PolicyDocument(logs: [])
        for (name, key) in zip(names, keys) { try document.add(name, key: key, url: "https://w", quorum: .all) }
        #expect(document.policy.groups.map(\.members) == [names.map { Policy.Name($0) }])
        #expect(document.policy.groups.map(\.threshold) == [3])
        for (place, name) in names.enumerated() {
            var document = document
            try document.remove(name)
            var rest = names
            rest.remove(at: place)
            #expect(document.policy.witnesses.map(\.name) == rest.map { Policy.Name($0) })
            #expect(document.policy.groups.map(\.members) == [rest.map { Policy.Name($0) }])
        }
    }
}
