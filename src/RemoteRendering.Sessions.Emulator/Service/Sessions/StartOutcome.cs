namespace RemoteRendering.Sessions.Emulator.Service.Sessions;

/// <summary>How the start of a session ends; settled when it is created.</summary>
internal enum StartOutcome : byte
{
    Boots,
    Fails,
    LacksCapacity,
}
