namespace RemoteRendering.Sessions;

/// <summary>
/// Provides the values of <see cref="Azure.RequestFailedException.ErrorCode"/>. A code from the service is passed on. If the service
/// answers without a code, or the client detects the failure itself, one of these values is used.
/// </summary>
public static class RemoteRenderingErrorCode
{
    /// <summary>400: the service rejected the request as invalid. This code comes from the service.</summary>
    public const string BadRequest = "BadRequest";

    /// <summary>401: the service or the token service refused the token, key or credential.</summary>
    public const string AuthenticationFailed = "AuthenticationFailed";

    /// <summary>401, detected before a request is sent: the access token that was given to the client has expired.</summary>
    public const string AccessTokenExpired = "AccessTokenExpired";

    /// <summary>403: the account is not permitted to do this.</summary>
    public const string Forbidden = "Forbidden";

    /// <summary>404: the account has no such session, or the session ended more than 30 days ago.</summary>
    public const string SessionNotFound = "SessionNotFound";

    /// <summary>409: a session with this id exists with other settings. This code comes from the service.</summary>
    public const string Conflict = "Conflict";

    /// <summary>422: the requested lease is not larger than the present one. This code comes from the service.</summary>
    public const string UnprocessableEntity = "UnprocessableEntity";

    /// <summary>429: too many requests. <c>Retry-After</c> contains the time to wait.</summary>
    public const string TooManyRequests = "TooManyRequests";

    /// <summary>500: the service failed. This code comes from the service.</summary>
    public const string InternalServerError = "InternalServerError";

    /// <summary>Status 0: no answer arrived after all tries.</summary>
    public const string NoAnswer = "NoAnswer";

    /// <summary>
    /// The code of <see cref="RenderingOutcomeUnknownException"/>: the service may have applied the request, and a read of the session did
    /// not show whether it did.
    /// </summary>
    public const string OutcomeUnknown = "OutcomeUnknown";

    /// <summary>The service answered with success, but with a status or a body that is invalid for the operation.</summary>
    public const string InvalidResponse = "InvalidResponse";
}
