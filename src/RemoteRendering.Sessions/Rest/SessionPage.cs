namespace RemoteRendering.Sessions.Rest;

/// <summary>Represents one page of the list of sessions.</summary>
internal readonly struct SessionPage(IReadOnlyList<RenderingSessionProperties> sessions, string? nextLink)
{
    public IReadOnlyList<RenderingSessionProperties> Sessions { get; } = sessions;

    public string? NextLink { get; } = nextLink;
}
