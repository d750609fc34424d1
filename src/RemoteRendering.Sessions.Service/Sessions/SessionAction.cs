namespace RemoteRendering.Sessions.Service.Sessions;

/// <summary>What a client may ask of a session.</summary>
internal enum SessionAction
{
    Read,
    CreateSame,
    CreateOther,
    ExtendLarger,
    ExtendNotLarger,
    Stop,
    List,
    Connect,
}
