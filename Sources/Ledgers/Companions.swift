import Synchronization

/// What the layers above keep with a ledger for as long as it is open, such as connections to what they derive from it.
public final class Companions: Sendable {
    private let values = Mutex<[String: any Sendable]>([:])

    /// The value of this name, made where there is none of its type.
    public func value<Value: Sendable>(_ name: String, _ make: () -> Value) -> Value {
        values.withLock { values in
            if let known = values[name] as? Value { return known }
            let value = make()
            values[name] = value
            return value
        }
    }

    /// Lets go of all.
    func removeAll() { values.withLock { $0 = [:] } }
}
