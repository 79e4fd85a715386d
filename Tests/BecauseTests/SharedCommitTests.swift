import Because
import Testing

/// Callers at the same time share commits.
struct SharedCommitTests {
    @Test func `a hundred callers get entries of their own in far fewer commits`() async throws {
        let scratch = try Scratch()
        let ledger = try await scratch.create()
        let receipts = try await withThrowingTaskGroup(of: Receipt.self) { group in
            for number in 0..<100 { group.addTask { try await ledger.record(refusal("d\(number)")) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(receipts.map(\.number)) == Set(2..<102))
        #expect(Set(receipts.map(\.id)).count == 100)
        // Each commit has one size and one root. The writer syncs a disk while the next callers queue up behind it.
        let roots = Dictionary(grouping: receipts, by: \.size).mapValues { Set($0.map(\.root)) }
        #expect(roots.count < 100 && roots.values.allSatisfy { $0.count == 1 })
        #expect(receipts.allSatisfy { $0.number < $0.size })
        let report = try await ledger.verify()
        #expect(report.holds && report.log?.size == 102)
        await ledger.close()

        let reader = try Ledger.open(at: scratch.ledger, for: .reading)
        for receipt in receipts {
            let checked = try await reader.evidence(for: receipt.number).checked
            #expect(checked.entry.leaf == receipt.leaf && checked.entry.id == receipt.id)
        }
    }

    @Test func `callers that send the same decision get the same entry`() async throws {
        let scratch = try Scratch()
        let ledger = try await scratch.create()
        let receipts = try await withThrowingTaskGroup(of: Receipt.self) { group in
            for _ in 0..<50 { group.addTask { try await ledger.record(refusal("same")) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(receipts.map(\.number)) == [2] && Set(receipts.map(\.leaf)).count == 1)
        #expect(receipts.count { $0.status == .recorded } == 1)
        #expect(try await ledger.verify().log?.size == 3)
        await ledger.close()
    }

    @Test func `a bad decision among many harms no other`() async throws {
        let scratch = try Scratch()
        let ledger = try await scratch.create()
        let results = await withTaskGroup(of: (Int, Result<Receipt, RecordError>).self) { group in
            for number in 0..<60 {
                group.addTask {
                    var decision = refusal("d\(number)")
                    if number % 3 == 0 { decision.grounds = .principles(["acme/rules#no-such-section"]) }
                    do throws(RecordError) {
                        return (number, .success(try await ledger.record(decision)))
                    } catch {
                        return (number, .failure(error))
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        for (number, result) in results {
            guard number % 3 == 0 else {
                #expect(throws: Never.self) { try result.get() }
                continue
            }
            let error = #expect(throws: RecordError.self) { try result.get() }
            guard case .submission(let error) = error else { return #expect(Bool(false), "\(error as Any)") }
            #expect(error.description.contains("has no section \"no-such-section\""))
            #expect(error.hint != nil)
        }
        #expect(try await ledger.verify().log?.size == 42)
        await ledger.close()
    }

    @Test func `specifications and decisions that cite them may be recorded at once`() async throws {
        let scratch = try Scratch()
        let ledger = try await scratch.create()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for version in 2..<12 {
                group.addTask {
                    let text = Scratch.rules + "\nVersion \(version).\n"
                    let rules = try Specification(
                        parsing: Array(text.utf8), format: .markdown, id: "acme/rules", version: "\(version)")
                    try await ledger.register(rules)
                }
                group.addTask { _ = try await ledger.record(refusal("d\(version)")) }
                group.addTask { try await ledger.activate("acme/rules", version: "1") }
            }
            try await group.waitForAll()
        }
        // Every citation is of the words that were in force at its own place in the log.
        #expect(try await ledger.verify().holds)
        for version in 2..<12 {
            let principles = try await ledger.explain("d\(version)").principles
            #expect(principles.count == 1 && principles[0].words?.text?.hasPrefix("## Protect privacy") == true)
        }
        await ledger.close()
    }
}
