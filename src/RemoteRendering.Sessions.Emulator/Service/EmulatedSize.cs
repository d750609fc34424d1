namespace RemoteRendering.Sessions.Emulator;

/// <summary>The machine sizes that the emulated service has.</summary>
public enum EmulatedSize
{
    /// <summary>The normal machine.</summary>
    Standard = 0,

    /// <summary>The large machine, without a limit on primitives.</summary>
    Premium = 1,
}
