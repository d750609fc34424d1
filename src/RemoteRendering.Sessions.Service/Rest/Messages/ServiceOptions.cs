namespace RemoteRendering.Sessions.Service.Rest.Messages;

/// <summary>How the REST service answers.</summary>
internal sealed class ServiceOptions
{
    /// <summary>The form of the bodies of the 2021-01-01 service.</summary>
    public ServiceBodyShape BodyShape { get; init; }

    /// <summary>The largest number of sessions in a page of the list.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>Whether an update may set a lease of exactly 1440 minutes.</summary>
    public bool AllowFullDayUpdate { get; init; } = true;

    /// <summary>The requests that an account may send to the session service in a minute; null for no limit.</summary>
    public int? RequestsPerMinute { get; init; }
}
