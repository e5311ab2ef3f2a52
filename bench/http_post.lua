-- What wrk sends in bench/http.sh: a form, the same each time.
wrk.method = "POST"
wrk.body = os.getenv("HANDRAIL_FORM")
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
