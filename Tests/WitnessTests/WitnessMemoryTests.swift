import Because
import Dispatch
import Foundation
import GRDB
import Synchronization
import Testing
import Witnesses

/// What a witness remembers, and what it does when many ask at once.
struct WitnessMemoryTests {
    private let log: ExampleLog
    private let scratch: Scratch

    init() throws {
        log = try ExampleLog()
        scratch = try Scratch()
    }

    @Test func `what was cosigned is remembered by the next process`() throws {
        let witness = try scratch.makeWitness("w", [log.key.verifierKey])
        #expect(try witness.addCheckpoint(log.request(0, 5)).status == 200)
        witness.close()
        let again = try scratch.openWitness("w", [log.key.verifierKey])
        #expect(again.key == witness.key)
        #expect(try again.addCheckpoint(log.request(0, 3)) == .conflict(size: 5))
        #expect(try again.addCheckpoint(log.request(5, 8)).status == 200)
    }

    @Test func `a witness that was not closed has everything it answered on the disk`() throws {
        let witness = try scratch.makeWitness("w", [log.key.verifierKey])
        #expect(try witness.addCheckpoint(log.request(0, 5)).status == 200)
        // The files as another process would find them, had this one been killed now.
        try scratch.copy("w", to: "copy")
        let copy = try scratch.openWitness("copy", [log.key.verifierKey])
        #expect(try copy.addCheckpoint(log.request(0, 5)) == .conflict(size: 5))
        _ = witness
    }

    @Test func `monitors are given the last checkpoint with both signatures`() throws {
        let witness = try scratch.makeWitness("w", [log.key.verifierKey])
        let hash = SHA256.digest(of: "log.example".bytes).hex
        #expect(try witness.checkpoint(originHash: hash) == nil)
        for (from, to) in [(0, 2), (2, 6)] { #expect(try witness.addCheckpoint(log.request(from, to)).status == 200) }
        let note = try SignedNote(parsing: try #require(try witness.checkpoint(originHash: hash)))
        let trusted = try note.trustedCheckpoint(by: [log.key.verifierKey, witness.key])
        #expect(trusted.checkpoint == log.checkpoint(6) && trusted.cosignatures.map(\.key) == [witness.key])
        for text in ["", "zz", hash.uppercased(), String(hash.dropLast()), hash + "00", "../key"] {
            #expect(try witness.checkpoint(originHash: text) == nil)
        }
    }

    @Test func `the key is readable by its owner alone, and one that others read is refused`() throws {
        let key = try Witness.create(in: scratch.at("w"), name: "w.example")
        let path = scratch.at("w/key")
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let witness = try scratch.openWitness("w", [log.key.verifierKey])
        #expect(witness.key == key)
        witness.close()
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        #expect(throws: LedgerError.self) { try scratch.openWitness("w", [log.key.verifierKey]) }
    }

    @Test func `a key without its memory does not sign, and a folder is never overwritten`() throws {
        _ = try Witness.create(in: scratch.at("w"), name: "w.example")
        #expect(throws: WitnessError.alreadyExists(path: scratch.at("w"))) {
            try Witness.create(in: scratch.at("w"), name: "w.example")
        }
        let memory = scratch.at("w/witness.sqlite")
        try FileManager.default.removeItem(atPath: memory)
        #expect(throws: WitnessError.noMemory(path: memory)) { try scratch.openWitness("w", [log.key.verifierKey]) }
        try Data().write(to: URL(fileURLWithPath: memory))
        #expect(throws: WitnessError.noMemory(path: memory)) { try scratch.openWitness("w", [log.key.verifierKey]) }
        try Data("no database at all, and long enough to be looked at as one".utf8).write(
            to: URL(fileURLWithPath: memory))
        #expect(throws: WitnessError.notAWitness(path: memory)) {
            try scratch.openWitness("w", [log.key.verifierKey])
        }
    }

    @Test func `a second process is refused while the first is there`() throws {
        let witness = try scratch.makeWitness("w", [log.key.verifierKey])
        #expect(throws: WitnessError.heldByAnotherProcess(path: scratch.at("w/witness.sqlite"))) {
            try scratch.openWitness("w", [log.key.verifierKey])
        }
        witness.close()
        _ = try scratch.openWitness("w", [log.key.verifierKey])
    }

    /// Runs `sql` on the memory of the witness `w`, which is not open.
    private func execute(_ sql: String) throws {
        let queue = try DatabaseQueue(path: scratch.at("w/witness.sqlite"))
        try queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test func `a witness whose disk fails signs nothing until it is started again`() throws {
        try scratch.makeWitness("w", [log.key.verifierKey]).close()
        // Writing fails once the log has more than four entries, as it would on a full disk.
        try execute(
            "CREATE TRIGGER full BEFORE UPDATE ON checkpoints WHEN NEW.size > 4 BEGIN SELECT RAISE(ABORT, 'full'); END")
        let witness = try scratch.openWitness("w", [log.key.verifierKey])
        for (from, to) in [(0, 3), (3, 4)] { #expect(try witness.addCheckpoint(log.request(from, to)).status == 200) }
        #expect(throws: WitnessError.store(detail: "full")) { try witness.addCheckpoint(log.request(4, 5)) }
        #expect(throws: WitnessError.storeIsDead) { try witness.addCheckpoint(log.request(4, 4)) }
        witness.close()
        try execute("DROP TRIGGER full")
        let again = try scratch.openWitness("w", [log.key.verifierKey])
        #expect(try again.addCheckpoint(log.request(3, 5)) == .conflict(size: 4))
        #expect(try again.addCheckpoint(log.request(4, 5)).status == 200)
    }

    @Test func `the memory itself refuses to go back, to change and to forget`() throws {
        let witness = try scratch.makeWitness("w", [log.key.verifierKey])
        #expect(try witness.addCheckpoint(log.request(0, 5)).status == 200)
        witness.close()
        let statements = [
            "UPDATE checkpoints SET size = 4", "UPDATE checkpoints SET root = zeroblob(32)", "DELETE FROM checkpoints",
            "UPDATE checkpoints SET origin_hash = zeroblob(32)",
        ]
        for sql in statements { #expect(throws: DatabaseError.self) { try execute(sql) } }
        let again = try scratch.openWitness("w", [log.key.verifierKey])
        #expect(try again.addCheckpoint(log.request(5, 8)).status == 200)
    }

    @Test func `names and keys that no witness can have are refused`() throws {
        for name in ["", "a b", "a+b", String(repeating: "w", count: 256)] {
            #expect(throws: WitnessError.invalidName(name)) { try Witness.create(in: scratch.at("x"), name: name) }
        }
        #expect(throws: WitnessError.self) { try scratch.makeWitness("w", [exampleKey("w", 3).cosignatureKey]) }
    }

    @Test func `of requests that all begin at the same size exactly one is cosigned`() throws {
        let origins = (0..<40).map { "log\($0).example" }
        let logs = try origins.map { origin in try [1, 2].map { try ExampleLog(8, branch: $0, origin: origin) } }
        let witness = try scratch.makeWitness("w", logs.map { $0[0].key.verifierKey })
        // Of each log two histories with nothing in common, at every size, from nothing.
        let requests = try logs.flatMap { branches in
            try branches.flatMap { branch in try (1...8).map { (branch.key.name.text, try branch.request(0, $0)) } }
        }
        let statuses = Mutex<[String: [Int]]>([:])
        DispatchQueue.concurrentPerform(iterations: requests.count) { index in
            let (origin, body) = requests[index]
            let status = (try? witness.addCheckpoint(body).status) ?? 500
            statuses.withLock { $0[origin, default: []].append(status) }
        }
        for (origin, found) in statuses.withLock({ $0 }) {
            #expect(found.sorted() == [200] + [Int](repeating: 409, count: 15), "\(origin)")
        }
    }

    /// Two histories that part after two entries, offered at every size from every size by many at once.
    @Test(arguments: 0..<8) func `of conflicting histories offered at once one alone is ever cosigned`(_ round: Int)
        throws
    {
        let branches = try [1, 2].map { try ExampleLog(16, fork: 2, branch: $0) }
        let witness = try scratch.makeWitness("w", [log.key.verifierKey])
        var requests: [(branch: Int, size: Int, body: [UInt8])] = []
        for branch in 0..<2 {
            for to in 1...16 {
                for from in 0...to { requests.append((branch, to, try branches[branch].request(from, to))) }
            }
        }
        var random = SeededGenerator(seed: UInt64(round) + 1)
        requests.shuffle(using: &random)
        let order = requests
        let accepted = Mutex<[(branch: Int, size: Int)]>([])
        DispatchQueue.concurrentPerform(iterations: order.count) { index in
            let (branch, size, body) = order[index]
            guard (try? witness.addCheckpoint(body).status) == 200 else { return }
            accepted.withLock { $0.append((branch, size)) }
        }
        let roots = Dictionary(grouping: accepted.withLock { $0 }, by: \.size).mapValues { found in
            Set(found.map { branches[$0.branch].checkpoint($0.size).root })
        }
        #expect(!roots.isEmpty)
        for (size, found) in roots { #expect(found.count == 1, "size \(size) was cosigned with two roots") }
        // Every two that were cosigned belong to one history.
        for (first, firstRoots) in roots {
            for (second, secondRoots) in roots where first < second {
                let isProven = branches.contains { branch in
                    firstRoots == [branch.checkpoint(first).root] && secondRoots == [branch.checkpoint(second).root]
                }
                #expect(isProven, "sizes \(first) and \(second) are of two histories")
            }
        }
    }
}

/// A generator that gives the same numbers in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
