using Dapper;
using Npgsql;

namespace Lastro.Server.Platform.Database;

/// <summary>The role the running server works as. It owns nothing: what it may do to a table, the table's SQL file grants.</summary>
internal static class ServerRole
{
    public const string Name = "lastro_server";

    /// <summary>Makes the role, lets the given login take it on, and opens the schema to it.</summary>
    /// <exception cref="StartRefusedException">The login may not make roles and nobody made this one.</exception>
    public static async Task Ensure(NpgsqlConnection owner)
    {
        var member = owner.PostgreSqlVersion.Major >= 16 ? "SET" : "MEMBER";
        try
        {
            await owner.ExecuteAsync($"""
                DO $do$
                BEGIN
                    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{Name}') THEN
                        CREATE ROLE {Name} NOLOGIN;
                    END IF;
                    IF NOT pg_has_role(current_user, '{Name}', '{member}') THEN
                        EXECUTE format('GRANT {Name} TO %I', current_user);
                    END IF;
                EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
                END $do$;
                GRANT USAGE ON SCHEMA public TO {Name};
                """);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new StartRefusedException(
                $"This PostgreSQL user may not make roles. As a superuser run: CREATE ROLE {Name} NOLOGIN; GRANT {Name} TO {owner.UserName};", error);
        }
    }

    /// <summary>The same login, working as the server's role from its first statement.</summary>
    public static string Narrow(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Options = $"-c role={Name}", ApplicationName = "lastro" }.ConnectionString;
}
