using System.Globalization;
using System.Security.Cryptography;
using RemoteRendering.Sessions.Protocol.Http;
using RemoteRendering.Sessions.Protocol.Service;
using RemoteRendering.Sessions.Service.Time;

namespace RemoteRendering.Sessions.Service.Rest.Messages;

/// <summary>Makes answers with the headers that the service puts on them.</summary>
internal sealed class ResponseFactory(ServiceClock clock, ServiceBodyShape shape)
{
    private static readonly string[] _versions = [ApiVersions.V2021Preview, ApiVersions.V2021, "2021-08-01-preview"];

    private const int CorrelationBytes = 16;

    /// <summary>The form of the bodies of the 2021-01-01 service.</summary>
    public ServiceBodyShape Shape => shape;

    /// <summary>
    /// Gets the versions of the session service that it names: the last one is named in the recordings of 2022 only, whose bodies have the
    /// later shape.
    /// </summary>
    public string SupportedVersions { get; } = string.Join(", ", shape == ServiceBodyShape.ZerosAndNulls ? _versions.Take(2) : _versions);

    /// <summary>Whether the session service takes a version, named or not.</summary>
    public static bool Takes(string version) => _versions.Contains(version, StringComparer.Ordinal);

    /// <summary>An answer that is no refusal.</summary>
    public ServiceResponse Success(ServiceGeneration generation, int status, ReadOnlyMemory<byte> body = default)
        => AddCommon(new ServiceResponse(status) { Body = body }, generation);

    /// <summary>A refusal without a body.</summary>
    public ServiceResponse Refuse(ServiceGeneration generation, int status, string reason)
        => AddCommon(new ServiceResponse(status) { Reason = reason }, generation);

    /// <summary>A refusal with an error object, whose message is the reason; v1 has the message alone.</summary>
    public ServiceResponse RefuseWithBody(ServiceGeneration generation, int status, string code, string message)
        => AddCommon(
            new ServiceResponse(status)
            {
                Body = generation == ServiceGeneration.V1 ? ErrorBody.WriteV1(message) : ErrorBody.Write(code, message, Shape),
                Reason = message
            },
            generation);

    public ServiceResponse NotFound(ServiceGeneration generation, string reason) => Refuse(generation, 404, reason);

    public ServiceResponse BadRequest(ServiceGeneration generation, string message)
        => RefuseWithBody(generation, 400, "BadRequest", message);

    public ServiceResponse TooManyRequests(ServiceGeneration generation, TimeSpan retryAfter, string reason)
        => Refuse(generation, 429, reason).With("Retry-After", RetryAfterSeconds.Write(retryAfter));

    /// <summary>The answer with the headers that keep it out of caches.</summary>
    public static ServiceResponse Uncached(ServiceResponse response)
        => response.With("Cache-Control", "no-store,no-cache").With("Pragma", "no-cache");

    private ServiceResponse AddCommon(ServiceResponse response, ServiceGeneration generation)
    {
        Span<byte> random = stackalloc byte[CorrelationBytes];
        RandomNumberGenerator.Fill(random);
        response.With("Date", clock.WallNow.ToString("r", CultureInfo.InvariantCulture));
        response.With("MS-CV", Convert.ToBase64String(random).TrimEnd('=') + ".0");
        if (generation == ServiceGeneration.V2021)
        {
            response.With("api-supported-versions", SupportedVersions);
        }

        return response.With("X-Content-Type-Options", "nosniff");
    }
}
