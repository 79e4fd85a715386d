// swift-tools-version: 6.2
import PackageDescription

// Warnings are errors, existentials are spelled `any`, and an import is private to its file unless it says `public`.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "because",
    products: [
        .library(name: "Because", targets: ["Because"]), .library(name: "Witnesses", targets: ["Witnesses"]),
        .executable(name: "because", targets: ["because"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // Templates of letters: a well-kept reader of Mustache, without dependencies of its own.
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    ],
    targets: [
        // A target imports only what stands above it here; siblings never import each other.
        .systemLibrary(name: "CLibcrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .target(name: "Figures", swiftSettings: strict),
        .target(name: "JSON", swiftSettings: strict),
        .target(name: "Cryptography", dependencies: ["CLibcrypto"], swiftSettings: strict),
        .target(name: "Merkle", dependencies: ["Cryptography"], swiftSettings: strict),
        .target(name: "Decisions", dependencies: ["Cryptography", "JSON", "Merkle"], swiftSettings: strict),
        .target(name: "Notes", dependencies: ["Cryptography", "Merkle"], swiftSettings: strict),
        .target(name: "Specifications", dependencies: ["Cryptography", "JSON"], swiftSettings: strict),
        .target(name: "Storage", dependencies: ["Cryptography"], swiftSettings: strict),
        .target(name: "StorageTesting", dependencies: ["Cryptography", "Storage"], swiftSettings: strict),
        .target(name: "Keyrings", dependencies: ["Cryptography", "Storage"], swiftSettings: strict),
        .target(name: "CSQLiteShim", linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(
            name: "SQLiteStorage", dependencies: ["Cryptography", "CSQLiteShim", "Keyrings", "Storage", grdb, sqlite],
            swiftSettings: strict),
        .target(
            name: "Ledgers",
            dependencies: ["Cryptography", "Decisions", "JSON", "Merkle", "Notes", "Specifications", "Storage"],
            swiftSettings: strict),
        .target(
            name: "Inquiry",
            dependencies: [
                "Cryptography", "Decisions", "Figures", "JSON", "Ledgers", "Merkle", "Notes", "Specifications",
                "Storage", grdb, sqlite,
            ],
            swiftSettings: strict),
        .target(
            name: "Letters",
            dependencies: [
                "Cryptography", "Decisions", "Inquiry", "JSON", "Ledgers", "Notes", "Specifications", mustache,
            ],
            swiftSettings: strict),
        .target(
            name: "Producers", dependencies: ["Cryptography", "Decisions", "JSON", "Ledgers", grdb],
            swiftSettings: strict),
        .target(
            name: "Evidence", dependencies: ["Cryptography", "Decisions", "JSON", "Merkle", "Notes"],
            swiftSettings: strict),
        // The one way to other machines.
        .target(name: "Web", swiftSettings: strict),
        .target(name: "WebTesting", swiftSettings: strict),
        .target(
            name: "Because",
            dependencies: [
                "Cryptography", "Decisions", "Evidence", "Figures", "Inquiry", "JSON", "Keyrings", "Ledgers",
                "Letters", "Merkle", "Notes", "Producers", "Specifications", "SQLiteStorage", "Storage", "Web",
            ],
            swiftSettings: strict),
        .target(
            name: "Witnesses", dependencies: ["Cryptography", "Ledgers", "Merkle", "Notes", grdb], swiftSettings: strict
        ),
        .target(name: "Benchmarks", dependencies: ["Because", "Figures", sqlite], swiftSettings: strict),
        .target(name: "Report", dependencies: ["Because", "Figures"], swiftSettings: strict),
        .executableTarget(
            name: "because", dependencies: ["Because", "Benchmarks", "Report", argumentParser], swiftSettings: strict),

        // Ledgers with fixed keys, clocks and randomness, for the tests below.
        .target(
            name: "LedgerSamples",
            dependencies: [
                "Cryptography", "Decisions", "JSON", "Ledgers", "Notes", "Specifications", "SQLiteStorage", "Storage",
                "StorageTesting",
            ],
            path: "Tests/LedgerSamples", swiftSettings: strict),
        .testTarget(
            name: "LedgersTests",
            dependencies: [
                "Because", "Decisions", "LedgerSamples", "Ledgers", "SQLiteStorage", "StorageTesting", grdb,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ProducersTests", dependencies: ["Because", "LedgerSamples", "Producers", "StorageTesting", grdb],
            swiftSettings: strict),
        .testTarget(
            name: "InquiryTests",
            dependencies: ["Because", "LedgerSamples", "SQLiteStorage", "StorageTesting", grdb],
            swiftSettings: strict),
        .testTarget(name: "LettersTests", dependencies: ["Because", "LedgerSamples"], swiftSettings: strict),
        .testTarget(name: "WebTests", dependencies: ["Web", "WebTesting"], swiftSettings: strict),
        .testTarget(
            name: "TimestampTests",
            dependencies: ["Because", "Cryptography", "Web", "WebTesting", grdb, sqlite], swiftSettings: strict),
        .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: strict),
        .testTarget(
            name: "DecisionsTests", dependencies: ["Cryptography", "Decisions", "JSON", "Merkle"], swiftSettings: strict
        ),
        .testTarget(
            name: "SQLiteStorageTests",
            dependencies: [
                "Cryptography", "LedgerSamples", "Storage", "StorageTesting", "SQLiteStorage", grdb, sqlite,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "KeyringTests",
            dependencies: [
                "Because", "Cryptography", "Keyrings", "LedgerSamples", "SQLiteStorage", "Storage", "StorageTesting",
                grdb,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "SpecificationsTests", dependencies: ["Cryptography", "JSON", "Specifications"], swiftSettings: strict
        ),
        .testTarget(name: "RecoveryTests", dependencies: ["Because", grdb], swiftSettings: strict),
        .testTarget(
            name: "PublishingTests",
            dependencies: ["Because", "SQLiteStorage", "StorageTesting"], exclude: ["Reference"],
            swiftSettings: strict),
        .testTarget(
            name: "WitnessTests",
            dependencies: ["Because", "Web", "Witnesses", grdb],
            swiftSettings: strict),
        .testTarget(name: "MerkleTests", dependencies: ["Cryptography", "Merkle"], swiftSettings: strict),
        .testTarget(name: "NotesTests", dependencies: ["Cryptography", "Merkle", "Notes"], swiftSettings: strict),
        .testTarget(name: "DocumentationTests", dependencies: ["Because"], swiftSettings: strict),
        .testTarget(name: "CryptographyTests", dependencies: ["Cryptography"], swiftSettings: strict),
        .testTarget(
            name: "BenchmarksTests", dependencies: ["Because", "Benchmarks", "Figures"], swiftSettings: strict),
        .testTarget(
            name: "ReportTests", dependencies: ["Because", "Figures", "LedgerSamples", "Report", "StorageTesting"],
            swiftSettings: strict
        ),
        .testTarget(name: "BecauseTests", dependencies: ["Because"], swiftSettings: strict),
        // The command is built first, and run as others run it.
        .testTarget(name: "CommandTests", dependencies: ["Because", "because"], swiftSettings: strict),
        .testTarget(
            name: "EvidenceTests", dependencies: ["Cryptography", "Decisions", "Evidence", "JSON", "Merkle", "Notes"],
            swiftSettings: strict),
        // Also read by tools/verify.py, which shares nothing with these targets.
        .testTarget(
            name: "VectorTests", dependencies: ["Because", "SQLiteStorage", grdb], swiftSettings: strict),
        .testTarget(
            name: "ProofTests", dependencies: ["Because", "because", "StorageTesting", grdb], swiftSettings: strict),
    ]
)
