public import Storage

/// One rule of the contract of `Store`, with the check that a store keeps it.
///
/// A test target runs them all as cases of one test:
///
///     @Test(arguments: StoreRule.all) func `the store keeps`(rule: StoreRule) throws {
///         try rule.check(StorePlace(create: …, open: …))
///     }
public struct StoreRule: Sendable, CustomStringConvertible {
    /// The rule, as a sentence.
    public let description: String
    private let body: @Sendable (StorePlace) throws -> Void

    init(_ description: String, _ body: @escaping @Sendable (StorePlace) throws -> Void) {
        self.description = description
        self.body = body
    }

    /// Throws `ContractViolation` when a store made at `place` breaks the rule. Each rule needs a place of its own.
    public func check(_ place: StorePlace) throws { try body(place) }

    /// Every rule.
    public static let all: [StoreRule] = appending + failing + removing + reading + checkpoints
}

/// Where one store lies: makes it, and opens it again.
public struct StorePlace {
    /// Makes the store, empty and open for writing, with this secret for subjects. Called once.
    public let create: (_ subjectKey: [UInt8]) throws -> any Store
    /// Opens the store for writing, after the one before was closed.
    public let reopen: () throws -> any Store
    /// Opens the store for reading, whoever has it open besides.
    public let openReader: () throws -> any Store

    public init(
        create: @escaping (_ subjectKey: [UInt8]) throws -> any Store,
        reopen: @escaping () throws -> any Store,
        openReader: @escaping () throws -> any Store
    ) {
        self.create = create
        self.reopen = reopen
        self.openReader = openReader
    }
}

/// A store did not do what the contract says.
public struct ContractViolation: Error, CustomStringConvertible {
    public let description: String
}

/// Throws unless `got` is `want`.
func expect<Value: Equatable>(_ got: Value, is want: Value, _ what: String, line: UInt = #line) throws {
    guard got == want else {
        throw ContractViolation(description: "\(what): got \(got), want \(want) (line \(line))")
    }
}

/// Throws unless `body` throws a store error that `isWanted` accepts.
func expectError(
    _ what: String, line: UInt = #line, _ isWanted: (StoreError) -> Bool, _ body: () throws -> Void
) throws {
    do {
        try body()
    } catch let error as StoreError where isWanted(error) {
        return
    } catch {
        throw ContractViolation(description: "\(what): got the error \(error) (line \(line))")
    }
    throw ContractViolation(description: "\(what): there was no error (line \(line))")
}

/// Throws unless `body` throws `want`.
func expectError(_ what: String, line: UInt = #line, _ want: StoreError, _ body: () throws -> Void) throws {
    try expectError(what, line: line, { error in error == want }, body)
}
