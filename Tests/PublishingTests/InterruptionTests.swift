import Testing

@testable import Because

struct InterruptionTests {
    private struct Interrupted: Error {}

    /// Counts the steps of a run, and ends it at one of them.
    private final class Steps {
        var left: Int
        init(_ count: Int) { left = count }

        func step() throws {
            guard left > 0 else { throw Interrupted() }
            left -= 1
        }
    }

    @Test(arguments: [(nil, 1), (1, 3), (3, 256), (255, 257), (256, 513), (300, 600), (512, 512)] as [(Int?, Int)])
    func `wherever a run is interrupted, what is there holds, and the next run completes it`(
        from: Int?, to: Int
    ) throws {
        let log = try sampleLog.get()
        let base = try Scratch()
        if let from { try log.publish(from, into: base.published) }
        let sizes = [from, to].compactMap(\.self)
        let complete = try log.files(after: sizes)
        var step = 0
        while true {
            let scratch = try base.copy()
            let steps = Steps(step)
            do {
                _ = try log.publication(of: to, into: scratch.published, step: steps.step).run()
                #expect(try contents(of: scratch.published) == complete)
                break
            } catch is Interrupted {}
            let size = try expectHolds(scratch, log, oneOf: sizes)
            if step % 4 == 0 { try goOnFarther(scratch, log, sizes) }
            let outcome = try log.publish(to, into: scratch.published)
            #expect(try contents(of: scratch.published) == complete, "after step \(step)")
            #expect(outcome.earlierSize == size)
            step += 1
        }
        #expect(from == to ? step == 0 : step > 5)
    }

    /// What a reader finds now, if it finds a log at all, is one of these sizes, and holds. Returns which.
    private func expectHolds(_ scratch: Scratch, _ log: SampleLog, oneOf sizes: [Int]) throws -> UInt64? {
        guard scratch.has("published/checkpoint") else {
            #expect(sizes.count == 1)
            return nil
        }
        let report = try check(scratch.published, log.key.verifierKey)
        #expect(report.exitStatus == 0, "\(report.findings)")
        #expect(report.findings.allSatisfy { $0.code == "files_later" })
        let size = try #require(report.checkpoint?.size)
        #expect(sizes.contains(Int(size)))
        try expectComplete(scratch, log, Int(size))
        return size
    }

    /// No file of a size is gone while its checkpoint is there, though readers could do without some.
    private func expectComplete(_ scratch: Scratch, _ log: SampleLog, _ size: Int) throws {
        let files = try contents(of: scratch.published)
        #expect(try log.files(size).allSatisfy { files[$0.key] == $0.value })
    }

    /// The next run may publish more than the interrupted one was about to.
    private func goOnFarther(_ interrupted: Scratch, _ log: SampleLog, _ sizes: [Int]) throws {
        let scratch = try interrupted.copy()
        try log.publish(600, into: scratch.published)
        let files = try contents(of: scratch.published)
        let all = try log.files(after: sizes + [600])
        // Partial files that the interrupted run had not written are not there.
        #expect(files.allSatisfy { all[$0.key] == $0.value })
        #expect(try log.files(600).allSatisfy { files[$0.key] == $0.value })
        #expect(try check(scratch.published, log.key.verifierKey).exitStatus == 0)
    }

    @Test func `at every moment of a run a reader finds a log that holds`() throws {
        let log = try sampleLog.get()
        let scratch = try Scratch()
        try log.publish(200, into: scratch.published)
        var seen: [UInt64] = []
        let publication = try log.publication(of: 520, into: scratch.published) {
            let report = try check(scratch.published, log.key.verifierKey)
            #expect(report.exitStatus == 0, "\(report.findings)")
            guard let size = report.checkpoint?.size else { return }
            try expectComplete(scratch, log, Int(size))
            if seen.last != size { seen.append(size) }
        }
        _ = try publication.run()
        #expect(seen == [200, 520])
    }

    @Test func `a full disk leaves what was published before, and more room completes it`() throws {
        guard let disk = SmallDisk(size: "64k") else { return print("not run: mounting a file system needs root") }
        let log = try sampleLog.get()
        let folder = disk.path + "/published"
        try log.publish(100, into: folder)
        let error = #expect(throws: StoreError.self) { try log.publish(600, into: folder) }
        guard case .full = error else { return #expect(Bool(false), "\(error as Any)") }
        let report = try check(folder, log.key.verifierKey)
        #expect(report.exitStatus == 0 && report.checkpoint?.size == 100)
        #expect(disk.grow(to: "1m"))
        try log.publish(600, into: folder)
        #expect(try contents(of: folder) == log.files(after: [100, 600]))
    }

    @Test func `a reader with the checkpoint before finds its tiles in the full ones`() throws {
        let log = try sampleLog.get()
        let scratch = try Scratch()
        try log.publish(200, into: scratch.published)
        let earlier = try scratch.bytes(of: "published/checkpoint")
        try log.publish(600, into: scratch.published)
        var files = try contents(of: scratch.published)
        #expect(files["tile/0/000.p/200"] == nil)
        files["checkpoint"] = earlier
        let report = try check(files, .keys([log.key.verifierKey]))
        #expect(report.exitStatus == 0 && report.findings.map(\.code) == ["files_later"])
    }

    @Test func `one publisher at a time`() throws {
        let log = try sampleLog.get()
        let scratch = try Scratch()
        try log.publish(1, into: scratch.published)
        let first = try log.publication(of: 2, into: scratch.published)
        #expect(throws: PublishingError.heldByAnotherProcess(folder: scratch.published)) {
            try log.publish(3, into: scratch.published)
        }
        _ = try first.run()
        #expect(try contents(of: scratch.published) == log.files(after: [1, 2]))
    }
}
