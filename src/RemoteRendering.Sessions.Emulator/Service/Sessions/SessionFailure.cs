namespace RemoteRendering.Sessions.Emulator.Service.Sessions;

/// <summary>Why a session is in Error, as its <c>error</c> member says.</summary>
internal sealed record SessionFailure(string Code, string Message)
{
    public static SessionFailure StartFailed { get; } = new("StartupFailed", "The rendering host could not be started.");

    public static SessionFailure HostLost { get; } = new("HostLost", "The rendering host was lost.");

    private static readonly SessionFailure _noStandard = new("StandardCapacityExhausted", "No Standard host is free in this region. A Premium host may be.");

    private static readonly SessionFailure _noPremium = new("PremiumCapacityExhausted", "No Premium host is free in this region. A Standard host may be.");

    public static SessionFailure LacksCapacity(EmulatedSize size) => size == EmulatedSize.Standard ? _noStandard : _noPremium;
}
