// swift-tools-version: 6.2
import PackageDescription

// What speaks HTTP. A package of its own, so that the ledger, its command and their tests never build an HTTP server.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let because = Target.Dependency.product(name: "Because", package: "because")
let witnesses = Target.Dependency.product(name: "Witnesses", package: "because")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
    name: "because-server",
    products: [.executable(name: "because-server", targets: ["because-server"])],
    dependencies: [
        .package(name: "because", path: ".."),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
    ],
    targets: [
        .target(name: "Server", dependencies: [because, witnesses, hummingbird, logging], swiftSettings: strict),
        .executableTarget(
            name: "because-server",
            dependencies: [
                "Server", because, witnesses, hummingbird, logging,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ServerTests",
            dependencies: [
                "Server", because, witnesses, hummingbird, logging,
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ],
            swiftSettings: strict),
    ]
)
