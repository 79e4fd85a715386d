// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the main build never compiles it. tools/fuzz builds and runs it.
let package = Package(
    name: "because-fuzz",
    dependencies: [.package(name: "because", path: "..")],
    targets: [
        .executableTarget(
            name: "because-fuzz",
            dependencies: [.product(name: "Because", package: "because")],
            swiftSettings: [
                .swiftLanguageMode(.v6),
                .treatAllWarnings(as: .error),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
            ])
    ]
)
