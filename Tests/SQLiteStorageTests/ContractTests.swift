import SQLiteStorage
import Storage
import StorageTesting
import Synchronization
import Testing

struct ContractTests {
    @Test(arguments: StoreRule.all)
    func `the SQLite store keeps the rule`(rule: StoreRule) throws {
        let scratch = try Scratch()
        try rule.check(
            StorePlace(
                create: { try SQLiteStore.create(in: scratch.path, subjectKey: $0) },
                reopen: { try scratch.open(.writing) },
                openReader: { try scratch.open(.reading) }))
    }

    @Test(arguments: StoreRule.all)
    func `the memory store keeps the rule`(rule: StoreRule) throws {
        let made = Mutex<MemoryStore?>(nil)
        func store() throws -> MemoryStore { try #require(made.withLock { $0 }) }
        try rule.check(
            StorePlace(
                create: { key in
                    let store = MemoryStore(subjectKey: key)
                    made.withLock { $0 = store }
                    return store
                },
                reopen: { try store().reopened() },
                openReader: { try store().reader() }))
    }
}

struct MemoryStoreTests {
    @Test func `a write that was lost is not there after opening again`() throws {
        let store = MemoryStore(subjectKey: Samples.subjectKey)
        try store.append(Samples.batch(first: 0))
        store.failNextAppend(.write)
        #expect(throws: StoreError.self) { try store.append(Samples.batch(first: 1)) }
        #expect(throws: StoreError.writerIsDead) { try store.append(Samples.batch(first: 1)) }
        store.close()
        #expect(try store.reopened().read { try $0.size() } == 1)
    }

    @Test func `a write whose reply was lost is there after opening again`() throws {
        let store = MemoryStore(subjectKey: Samples.subjectKey)
        try store.append(Samples.batch(first: 0))
        store.failNextAppend(.reply)
        #expect(throws: StoreError.self) { try store.append(Samples.batch(first: 1)) }
        #expect(throws: StoreError.writerIsDead) { try store.append(Samples.batch(first: 2)) }
        store.close()
        let next = try store.reopened()
        #expect(try next.read { try $0.size() } == 2)
        try next.append(Samples.batch(first: 2))
    }

    @Test func `a gap that somebody made is passed over and seen`() throws {
        let store = MemoryStore(subjectKey: Samples.subjectKey)
        try store.append(Samples.batch(first: 0, count: 4))
        store.tamper { $0.entries[2] = nil }
        var numbers: [UInt64] = []
        try store.read { try $0.entries(0..<4) { number, _ in numbers.append(number) } }
        #expect(numbers == [0, 1, 3])
    }
}
