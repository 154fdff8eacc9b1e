// The device's clocks as the core wants them: wall time, and time since start that goes on while the device sleeps.

import CompanionBindings

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Reads the device's own clocks.
public final class SystemClock: CompanionBindings.Clock {
    public init() {}

    public func now() throws -> ClockReading {
        ClockReading(
            wallMs: try Self.milliseconds(CLOCK_REALTIME),
            elapsedMs: try Self.milliseconds(Self.sinceStart),
            bootId: try Self.bootId()
        )
    }

    private static func milliseconds(_ clock: clockid_t) throws -> Int64 {
        var time = timespec()
        guard clock_gettime(clock, &time) == 0 else { throw HostError.Failed }
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }

    #if canImport(Darwin)
        // The POSIX face of mach_continuous_time: unlike the uptime clocks, it counts time asleep.
        private static let sinceStart = CLOCK_MONOTONIC_RAW

        private static func bootId() throws -> String {
            var size = 0
            guard sysctlbyname("kern.bootsessionuuid", nil, &size, nil, 0) == 0 else { throw HostError.Failed }
            var bytes = [UInt8](repeating: 0, count: size)
            guard sysctlbyname("kern.bootsessionuuid", &bytes, &size, nil, 0) == 0 else { throw HostError.Failed }
            return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    #else
        private static let sinceStart = CLOCK_BOOTTIME

        private static func bootId() throws -> String {
            guard let file = fopen("/proc/sys/kernel/random/boot_id", "r") else { throw HostError.Failed }
            defer { fclose(file) }
            var bytes = [UInt8](repeating: 0, count: 36)
            guard fread(&bytes, 1, bytes.count, file) == bytes.count else { throw HostError.Failed }
            return String(decoding: bytes, as: UTF8.self)
        }
    #endif
}
