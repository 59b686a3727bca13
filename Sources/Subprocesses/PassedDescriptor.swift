import Glibc

/// A descriptor of this process that a child gets too; closed here when nobody holds this any more.
package final class PassedDescriptor: Sendable {
    package let number: Int32

    package init(owning number: Int32) { self.number = number }

    deinit { close(number) }
}

extension PassedDescriptor: Hashable {
    package static func == (left: PassedDescriptor, right: PassedDescriptor) -> Bool { left === right }
    package func hash(into hasher: inout Hasher) { hasher.combine(number) }
}
