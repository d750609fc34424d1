namespace RemoteRendering.Sessions.Service.Tokens;

/// <summary>The result of the check of a token.</summary>
internal enum TokenVerdict
{
    Valid,
    Missing,
    Malformed,
    WrongSignature,
    NotYetValid,
    Expired,
}
