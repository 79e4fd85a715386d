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
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "because",
    products: [.library(name: "Because", targets: ["Because"])],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        // A target imports only what stands above it here; siblings never import each other.
        .systemLibrary(name: "CLibcrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .target(name: "JSON", swiftSettings: strict),
        .target(name: "Cryptography", dependencies: ["CLibcrypto"], swiftSettings: strict),
        .target(name: "Merkle", dependencies: ["Cryptography"], swiftSettings: strict),
        .target(name: "Decisions", dependencies: ["Cryptography", "JSON", "Merkle"], swiftSettings: strict),
        .target(name: "Notes", dependencies: ["Cryptography", "Merkle"], swiftSettings: strict),
        .target(name: "Specifications", dependencies: ["Cryptography", "JSON"], swiftSettings: strict),
        .target(name: "Storage", dependencies: ["Cryptography"], swiftSettings: strict),
        .target(name: "StorageTesting", dependencies: ["Cryptography", "Storage"], swiftSettings: strict),
        .target(name: "CSQLiteShim", linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(
            name: "SQLiteStorage", dependencies: ["Cryptography", "CSQLiteShim", "Storage", grdb, sqlite],
            swiftSettings: strict),
        .target(
            name: "Ledgers",
            dependencies: ["Cryptography", "Decisions", "JSON", "Merkle", "Notes", "Specifications", "Storage"],
            swiftSettings: strict),
        .target(
            name: "Inquiry",
            dependencies: [
                "Cryptography", "Decisions", "JSON", "Ledgers", "Merkle", "Notes", "Specifications", "Storage", grdb,
            ],
            swiftSettings: strict),
        .target(
            name: "Evidence", dependencies: ["Cryptography", "Decisions", "JSON", "Notes"], swiftSettings: strict),
        .target(
            name: "Because",
            dependencies: [
                "Cryptography", "Decisions", "Evidence", "Inquiry", "JSON", "Ledgers", "Merkle", "Notes",
                "Specifications",
                "SQLiteStorage", "Storage",
            ],
            swiftSettings: strict),
        .target(name: "Benchmarks", dependencies: ["Because", sqlite], swiftSettings: strict),
        .executableTarget(
            name: "because", dependencies: ["Because", "Benchmarks", argumentParser], swiftSettings: strict),

        .testTarget(name: "InquiryTests", dependencies: ["Inquiry"], swiftSettings: strict),
        .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: strict),
        .testTarget(
            name: "DecisionsTests", dependencies: ["Cryptography", "Decisions", "JSON", "Merkle"], swiftSettings: strict
        ),
        .testTarget(
            name: "SQLiteStorageTests",
            dependencies: ["Cryptography", "Storage", "StorageTesting", "SQLiteStorage", grdb, sqlite],
            swiftSettings: strict),
        .testTarget(
            name: "SpecificationsTests", dependencies: ["Cryptography", "JSON", "Specifications"], swiftSettings: strict
        ),
        .testTarget(name: "MerkleTests", dependencies: ["Cryptography", "Merkle"], swiftSettings: strict),
        .testTarget(name: "NotesTests", dependencies: ["Cryptography", "Merkle", "Notes"], swiftSettings: strict),
        .testTarget(name: "CryptographyTests", dependencies: ["Cryptography"], swiftSettings: strict),
    ]
)
