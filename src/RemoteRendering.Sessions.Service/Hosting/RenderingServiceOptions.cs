namespace RemoteRendering.Sessions.Service;

/// <summary>
/// Contains the options of a <see cref="RenderingService"/>, which reads them when it is constructed. Later changes to them have no effect.
/// </summary>
public sealed class RenderingServiceOptions
{
    private TimeProvider _timeProvider = TimeProvider.System;
    private TimeSpan _tokenLifetime = TimeSpan.FromHours(24);
    private int _pageSize = 100;
    private int? _requestsPerMinute;
    private ServiceBodyShape _bodyShape;

    /// <summary>Gets or sets the clock, for the expiry of tokens, the dates of answers and the limit on requests.</summary>
    /// <value>The default is <see cref="TimeProvider.System"/>.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TimeProvider TimeProvider
    {
        get => _timeProvider;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _timeProvider = value;
        }
    }

    /// <summary>Gets or sets the time that an access token is valid.</summary>
    /// <value>The default is 24 hours; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan TokenLifetime
    {
        get => _tokenLifetime;
        set => _tokenLifetime = value > TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(TokenLifetime)} must be positive.");
    }

    /// <summary>Gets or sets the largest number of sessions in a page of the list. The list of v1 has no pages.</summary>
    /// <value>The default is 100; at least 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int PageSize
    {
        get => _pageSize;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _pageSize = value;
        }
    }

    /// <summary>
    /// Gets or sets the number of requests that an account may send to the session service in a minute. Token exchanges are not counted.
    /// </summary>
    /// <value>The default is <see langword="null"/>, for no limit; at least 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? RequestsPerMinute
    {
        get => _requestsPerMinute;
        set
        {
            if (value is { } limit)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(value));
            }

            _requestsPerMinute = value;
        }
    }

    /// <summary>Gets or sets a value indicating whether an update may set a lease of exactly 1440 minutes. A creation always may.</summary>
    /// <value>The default is <see langword="true"/>. The specification says "less than 1440" for an update.</value>
    public bool AllowFullDayUpdate { get; set; } = true;

    /// <summary>Gets or sets the form of the bodies of the 2021-01-01 service.</summary>
    /// <value>The default is <see cref="ServiceBodyShape.KeysLeftOut"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public ServiceBodyShape BodyShape
    {
        get => _bodyShape;
        set => _bodyShape = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The shape is not defined.");
    }
}
