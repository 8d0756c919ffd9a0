using Lastro.Server.Tests.Accounts;
using Lastro.Server.Tests.Host;
using Microsoft.Extensions.DependencyInjection;

namespace Lastro.Server.Tests.ApiKeys;

/// <summary>One server for all tests of keys; each makes its own users. Its clock only goes forward.</summary>
public sealed class KeysHost : IAsyncLifetime
{
    public const string Name = "api keys";

    internal ShiftedClock Clock { get; } = new();

    internal TestHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await TestHost.Start(services => services.AddSingleton<TimeProvider>(Clock), database: null, settings: []);

    public async Task DisposeAsync() => await Host.DisposeAsync();
}

[CollectionDefinition(KeysHost.Name)]
public sealed class KeysHostTests : ICollectionFixture<KeysHost>;
