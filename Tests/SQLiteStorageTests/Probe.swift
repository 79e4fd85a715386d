import Foundation
import SQLiteStorage
import Storage
import StorageTesting
import Testing

struct Probe {
    @Test(arguments: [false, true]) func probe(forking: Bool) async throws {
        let scratch = try Scratch()
        try scratch.create(Samples.batch(first: 0)).close()
        let spawner = Task.detached { () -> Int in
            var n = 0
            while forking && !Task.isCancelled {
                run("/bin/true")
                n += 1
            }
            return n
        }
        var held = 0
        for _ in 0..<1500 {
            do { try scratch.open(.writing).close() } catch StoreError.heldByAnotherProcess {
                held += 1
                usleep(2000)
            }
        }
        spawner.cancel()
        print("PROBE forking=\(forking) held=\(held) spawned=\(await spawner.value)")
    }
}
