namespace RemoteRendering.Sessions.Emulator.Service.Tokens;

/// <summary>What is to be said about a token somebody showed.</summary>
internal enum TokenVerdict
{
    Valid,
    Missing,
    Malformed,
    WrongSignature,
    NotYetValid,
    Expired,
}
