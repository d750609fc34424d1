namespace RemoteRendering.Sessions;

/// <summary>
/// The words found in <see cref="Azure.RequestFailedException.ErrorCode"/>. The service's own code is passed on where it gives one; where it answers
/// without a body, or where the failure is found on this side, one of these stands in.
/// </summary>
public static class RemoteRenderingErrorCode
{
    /// <summary>400: the service did not take the request. The service's own word.</summary>
    public const string BadRequest = "BadRequest";

    /// <summary>401: the token, key or credential was refused, by the service or by the token service.</summary>
    public const string AuthenticationFailed = "AuthenticationFailed";

    /// <summary>401, found before sending: the ready access token given to the client has expired.</summary>
    public const string AccessTokenExpired = "AccessTokenExpired";

    /// <summary>403: the account may not do this.</summary>
    public const string Forbidden = "Forbidden";

    /// <summary>404: the account has no such session, or had it more than 30 days ago.</summary>
    public const string SessionNotFound = "SessionNotFound";

    /// <summary>409: a session with this id exists already with other settings. The service's own word.</summary>
    public const string Conflict = "Conflict";

    /// <summary>422: the lease asked for is not larger than the present one. The service's own word.</summary>
    public const string UnprocessableEntity = "UnprocessableEntity";

    /// <summary>429: too many requests; <c>Retry-After</c> says when to come back.</summary>
    public const string TooManyRequests = "TooManyRequests";

    /// <summary>500: the service failed. The service's own word.</summary>
    public const string InternalServerError = "InternalServerError";

    /// <summary>Status 0: no answer came, after all tries.</summary>
    public const string NoAnswer = "NoAnswer";

    /// <summary>
    /// The code of <see cref="RenderingOutcomeUnknownException"/>: the service may have done what was asked, and reading the session back did not settle it.
    /// </summary>
    public const string OutcomeUnknown = "OutcomeUnknown";

    /// <summary>The service answered with success, and with a status or a body that is not what the operation promises.</summary>
    public const string InvalidResponse = "InvalidResponse";
}
