-- Asks a service something else with every request; for one thread of wrk.
--
--   wrk --threads 1 -s requests.lua … ADDRESS -- KIND FILE FIRST
--
-- KIND is search (GET /v1/search), search-body (POST /v1/search) or route (POST /v1/route); FILE holds one text a line,
-- already as it stands in an address (search) or in JSON (the others); FIRST is the line to begin with. What was measured
-- goes to stdout as one line of JSON behind "measured ".

local threads = {}

function setup(thread) threads[#threads + 1] = thread end

function init(arguments)
   kind = arguments[1]
   lines = {}
   for line in io.lines(arguments[2]) do lines[#lines + 1] = line end
   place = tonumber(arguments[3])
   first = place
end

function request()
   local text = lines[place % #lines + 1]
   place = place + 1
   if kind == "search" then return wrk.format("GET", "/v1/search?top=10&q=" .. text) end
   local member = kind == "route" and "request" or "query"
   return wrk.format("POST", kind == "route" and "/v1/route" or "/v1/search",
                     { ["Content-Type"] = "application/json" }, '{"' .. member .. '":' .. text .. "}")
end

function done(summary, latency, requests)
   local errors = summary.errors
   io.write(string.format(
      'measured {"requests":%d,"asked":%d,"seconds":%.6f,"p50_ms":%.3f,"p90_ms":%.3f,"p99_ms":%.3f,"max_ms":%.3f,'
         .. '"status":%d,"connect":%d,"read":%d,"write":%d,"timeout":%d,"bytes":%d}\n',
      summary.requests, threads[1]:get("place") - threads[1]:get("first"), summary.duration / 1e6,
      latency:percentile(50) / 1e3, latency:percentile(90) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3,
      errors.status, errors.connect, errors.read, errors.write, errors.timeout, summary.bytes))
end
