import Because
import Foundation
import Testing

/// A process that is killed at any moment keeps every receipt that it gave.
struct KillTests {
    private struct Printed: Hashable {
        let id: String
        let number: Int64
        let leaf: String
    }

    /// The receipts among lines of output; the last line may have been cut off.
    private func receipts(_ lines: [String]) -> [Printed] {
        lines.compactMap { line in
            guard let json = try? JSON(parsing: Array(line.utf8)), let id = json["id"]?.text,
                let number = json["n"]?.integer, let leaf = json["leaf"]?.text
            else { return nil }
            return Printed(id: id, number: number, leaf: leaf)
        }
    }

    /// Kills, reads what was printed until then, and looks for it in the ledger.
    private func killAndReopen(_ child: Child, _ ledger: TestLedger, read: [String]) throws -> Int {
        child.kill()
        let rest = String(decoding: child.readToEnd(), as: UTF8.self).split(separator: "\n").map(String.init)
        #expect(child.wait() == -SIGKILL)
        let printed = receipts(read + rest)

        // The leaf of every entry is computed from the bytes that are exported.
        let stored = try Set(
            ledger.run("export").values.map { line in
                let bytes = Array(try #require(line["entry"]?.text).utf8)
                return Printed(
                    id: try Entry(parsing: bytes).id, number: try #require(line["n"]?.integer),
                    leaf: MerkleTree.leafHash(bytes).base64URL)
            })
        #expect(stored.isSuperset(of: printed), "\(Set(printed).subtracting(stored))")
        #expect(Set(stored.map(\.number)) == Set(0..<Int64(stored.count)))
        let verified = try ledger.run("verify", "--json")
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")

        // The next record goes on where the log ends, and what was sent before is known.
        let next = try ledger.run(
            "record", input: decision("after") + "\n" + (printed.first.map { decision($0.id) } ?? ""))
        #expect(next.status == 0, "\(next.errors)")
        #expect(receipts(next.lines).first?.number == Int64(stored.count))
        #expect(receipts(next.lines).dropFirst().allSatisfy { $0 == printed[0] })
        #expect(try ledger.run("verify").status == 0)
        return stored.count - TestLedger.ownCount
    }

    @Test(arguments: [0, 1, 2, 3, 8, 21, 63, 64, 65, 144, 253, 254, 255, 256, 377, 900])
    func `every receipt that was printed before a kill is in the ledger`(count: Int) throws {
        let ledger = try TestLedger()
        let child = try ledger.start("record")
        // The pipe never runs dry before the kill: the process dies in the middle of its work.
        let input = (0..<1500).map { decision("d\($0)") + "\n" }.joined()
        let writing = child.feed(input.utf8, thenCloses: false)
        var lines: [String] = []
        while lines.count < count, let line = child.readLine() { lines.append(line) }
        #expect(lines.count == count)
        _ = try killAndReopen(child, ledger, read: lines)
        writing.wait()
    }

    @Test(arguments: 0..<24)
    func `input that breaks off anywhere leaves the whole lines before it`(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let ledger = try TestLedger()
        let input = Array((0..<40).map { decision("d\($0)") + "\n" }.joined().utf8)
        let cut = Int.random(in: 0...input.count, using: &random)
        let whole = input[..<cut].count { $0 == UInt8(ascii: "\n") }
        let child = try ledger.start("record")
        child.write(input[..<cut])
        // Receipts for the whole lines come although the input goes on.
        let lines = (0..<whole).compactMap { _ in child.readLine() }
        #expect(lines.count == whole)
        #expect(try killAndReopen(child, ledger, read: lines) == whole)
    }

    @Test(arguments: 0..<24)
    func `a kill at once after the input leaves a ledger that holds`(seed: UInt64) throws {
        var random = SplitMix(state: seed &+ 1000)
        let ledger = try TestLedger()
        let input = Array((0..<120).map { decision("d\($0)") + "\n" }.joined().utf8)
        let cut = Int.random(in: 0...input.count, using: &random)
        let child = try ledger.start("record")
        child.write(input[..<cut])
        // How far it came by then is different in each run; what it said is true in every one.
        let first = input[..<cut].contains(UInt8(ascii: "\n")) && Bool.random(using: &random) ? child.readLine() : nil
        _ = try killAndReopen(child, ledger, read: first.map { [$0] } ?? [])
    }
}
