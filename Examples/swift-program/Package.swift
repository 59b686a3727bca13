// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "assistant",
    dependencies: [.package(name: "SkillWeaver", path: "../..")],
    targets: [
        .executableTarget(name: "assistant", dependencies: [.product(name: "SkillWeaver", package: "SkillWeaver")])
    ]
)
