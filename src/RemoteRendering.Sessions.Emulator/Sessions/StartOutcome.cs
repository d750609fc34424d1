namespace RemoteRendering.Sessions.Emulator;

/// <summary>How the start of a session ends; settled when it is created.</summary>
internal enum StartOutcome : byte
{
    Boots,
    Fails,
    LacksCapacity,
}
